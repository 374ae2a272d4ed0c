// The author's page is drawn anew as soon as a file of the definitions or an answer has changed.

const page = () => document.querySelector("[data-preview]");
const form = () => document.querySelector("[data-preview-form]");
const EVERY_MS = 700;
let running = null;
let tried = false;

async function look() {
  try {
    const answer = await fetch(page().dataset.previewUrl, { cache: "no-store" });
    const found = (await answer.text()).slice(0, 200);
    if (found !== page().dataset.preview) {
      if (!tried || !(await show())) window.location.reload();
    }
  } catch {
    // The preview was stopped, or is starting again.
  }
  window.setTimeout(look, EVERY_MS);
}

// The same page with the answers as they are in the form now; false where there is none.
async function show(button) {
  running?.abort();
  running = new AbortController();
  const body = new FormData(form());
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  if (button?.name) body.append(button.name, button.value);
  const answer = await fetch(location.href, { method: "POST", body, signal: running.signal });
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-preview]");
  if (!answer.ok || !now) return false;
  const focused = document.activeElement?.id;
  page().replaceWith(now);
  tried = true;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  return true;
}

function quietly(shown) {
  shown.catch((failure) => {
    if (failure.name !== "AbortError") console.info("preview failed", failure);
  });
}

if (page()) {
  look();
  document.addEventListener("change", ({ target }) => {
    if (target.type !== "file" && form()?.contains(target)) quietly(show());
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    quietly(show(event.submitter));
  });
}
