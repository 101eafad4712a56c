import { AppError } from "../../../errors.ts";

/** A crawl that ended with no page. */
export class NothingScrapedError extends AppError {
  override readonly name = "NothingScrapedError";
  readonly kind = "permanent";
  readonly httpStatus = 422;

  constructor(
    starterLinks: readonly string[],
    failures: readonly { reason: string }[],
    skipped: Partial<Record<string, number>>,
  ) {
    const leftOut = Object.entries(skipped).map(([reason, count]) => `${count} ${reason}`);
    const lines = [
      `No documentation was found at ${starterLinks.join(", ")}.`,
      ...failures.slice(0, 5).map(({ reason }) => reason),
      ...(leftOut.length === 0 ? [] : [`Left out: ${leftOut.join(", ")}.`]),
      "Give starter links that open without logging in, or upload the documentation.",
    ];
    super(lines.join("\n"));
  }
}
