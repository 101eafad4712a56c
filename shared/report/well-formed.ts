/** `text` with each lone surrogate, which UTF-8 cannot hold, as U+FFFD. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\ufffd");
}
