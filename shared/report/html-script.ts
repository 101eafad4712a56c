/**
 * The page's filter, in plain JavaScript: without it, everything is shown. Its text is what the page's policy allows by hash.
 * A finding's words are those that are shown, so the search needs no index; a cause is shown while one of its levels and
 * all of the words are.
 */
export const htmlScript = `(() => {
  const bar = document.getElementById("filter");
  if (!bar) return;
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  const boxes = [...bar.querySelectorAll("input[type=checkbox]")];
  const causes = [...document.querySelectorAll("details.cause")].map((element) => ({
    element,
    level: element.dataset.level,
    // What is listed at the end of the page is part of it too.
    text: [element, ...[...element.querySelectorAll("[data-operations]")].map((link) =>
      document.getElementById(link.dataset.operations),
    )].map((part) => part.textContent.toLowerCase()),
  }));
  const sections = [...document.querySelectorAll("section.level")];
  const apply = () => {
    const levels = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const { element, level, text } of causes) {
      const fits = levels.has(level) && wanted.every((word) => text.some((part) => part.includes(word)));
      element.hidden = !fits;
      if (fits) count += 1;
    }
    for (const section of sections) section.hidden = !section.querySelector("details.cause:not([hidden])");
    shown.textContent = count === causes.length ? "" : count + " of " + causes.length + " edits";
  };
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  };
  bar.hidden = false;
  bar.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", later);
  for (const box of boxes) box.addEventListener("change", apply);
  document.getElementById("open").addEventListener("click", () => {
    for (const { element } of causes) element.open = true;
  });
  document.getElementById("close").addEventListener("click", () => {
    for (const { element } of causes) element.open = false;
  });
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden || target.closest("[hidden]")) {
      for (const box of boxes) box.checked = true;
      words.value = "";
      apply();
    }
    if (target.tagName === "DETAILS") target.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== words) {
      event.preventDefault();
      words.focus();
    }
  });
  apply();
  reveal();
})();`;
