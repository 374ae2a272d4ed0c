// While somebody types what they look for, what fits is listed below the box. The links are reached
// with Tab or the arrows; Escape puts the list away. Without this script the button does the same.

const WAIT_MS = 150;

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const box = form.querySelector('input[type="search"]');
  const list = form.querySelector("[data-suggestions]");
  const said = form.querySelector("[data-suggestions-said]");
  let asking;
  let timer;

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
  };

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const words = box.value.trim();
    if (!words) return close();
    try {
      const query = new URLSearchParams({ q: words });
      const answer = await fetch(`${form.dataset.suggest}?${query}`, { signal: asking.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("ul");
      list.replaceChildren(...(found ? [found] : []));
      list.hidden = !found;
      said.textContent = page.querySelector("[data-said]")?.textContent ?? "";
    } catch {
      // Offline, or overtaken by the next letter.
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });

  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // Otherwise the box would be emptied too.
      close();
      box.focus();
    }
    if (list.hidden || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const stops = [box, ...list.querySelectorAll("a")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = stops.indexOf(document.activeElement) + step;
    event.preventDefault();
    stops[Math.min(Math.max(next, 0), stops.length - 1)].focus();
  });

  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || close());
  // A link must not lose its focus, and the list with it, before it is pressed (Safari).
  list.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("submit", close);
}
