// While somebody fills in a section: what depends on an answer is asked of the server, which alone
// knows the rules, and put in place. Without this script the same happens on "next".

const form = document.querySelector("form[data-section]");
let running = null;

async function refresh(what) {
  running?.abort();
  running = new AbortController();
  const body = new FormData(form);
  body.append("_refresh", what);
  try {
    const answer = await fetch(location.href, { method: "POST", body, signal: running.signal });
    if (!answer.ok || answer.redirected) return;
    place(new DOMParser().parseFromString(await answer.text(), "text/html"), what);
  } catch (failure) {
    // Offline or overtaken by a newer answer: "next" does the same.
    if (failure.name !== "AbortError") console.info("refresh failed", failure);
  }
}

function place(page, what) {
  const focused = document.activeElement?.id;
  for (const part of what === "fields"
    ? ["[data-fields]", "[data-price-box]"]
    : ["[data-price-box]"]) {
    const here = form.querySelector(part);
    const there = page.querySelector(part);
    if (here && there && here.innerHTML !== there.innerHTML) here.replaceWith(there);
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}

form?.addEventListener("change", (event) => {
  const what = event.target.closest("[data-refresh]")?.dataset.refresh;
  if (what) refresh(what);
});
