// While somebody fills in a section: what depends on an answer is asked of the server, which alone
// knows the rules, and put in place. Without this script the same happens on "next".

// Another form takes its place when files were sent (upload.js).
const theForm = () => document.querySelector("form[data-section]");
let running = null;

async function refresh(what) {
  running?.abort();
  running = new AbortController();
  const body = new FormData(theForm());
  // Files go up once, with "next".
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
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
  const [price, priceNow] = part(page, "[data-price-box]");
  if (price && price.innerHTML !== priceNow.innerHTML) price.replaceWith(priceNow);
  const [fields, fieldsNow] = part(page, "[data-fields]");
  if (what === "fields" && fields && fieldsNow) merge(fields, fieldsNow);
}

const part = (page, name) => [theForm().querySelector(name), page.querySelector(name)];

// Brings in what is new and takes out what is gone. What stays isn't touched: somebody may have
// gone on typing in it, chosen a file, or be in the middle of converting kana.
function merge(here, there) {
  const kept = new Map([...here.children].map((child) => [key(child), child]));
  let next = here.firstElementChild;
  for (const wanted of [...there.children]) {
    const known = kept.get(key(wanted));
    if (!known) {
      here.insertBefore(wanted, next);
      continue;
    }
    while (next !== known) next = removed(next);
    if (known.matches(".group, .group__item, [data-part]")) merge(known, wanted);
    else follow(known, wanted);
    next = known.nextElementSibling;
  }
  while (next) next = removed(next);
}

function removed(element) {
  const after = element.nextElementSibling;
  element.remove();
  return after;
}

// What names a field: the id of its fieldset or of the control that its label belongs to.
const key = (element) => element.id || element.querySelector("label")?.htmlFor || element.className || element.tagName;

// Options that the other answers offer or rule out, and values that follow from them.
function follow(known, wanted) {
  for (const choice of wanted.querySelectorAll(".choice input")) {
    const shown = document.getElementById(choice.id);
    if (!shown) continue;
    shown.disabled = choice.disabled;
    shown.closest(".choice").hidden = choice.closest(".choice").hidden;
  }
  const computed = wanted.querySelector("output");
  if (computed) known.querySelector("output").replaceWith(computed);
}

// A whole postcode brings the address that it stands for; what is written already is kept.
async function search(button) {
  const text = document.getElementById(`f-${button.value.replaceAll(".", "-")}-text`);
  const body = new FormData(theForm());
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  body.append("_refresh", "none");
  body.append("_lookup", button.value);
  const before = text.value;
  try {
    const answer = await fetch(location.href, { method: "POST", body });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById(text.id)?.value;
    if (!found || text.value !== before) return;
    text.value = found;
    text.dispatchEvent(new Event("change", { bubbles: true }));
  } catch (failure) {
    console.info("search failed", failure);
  }
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches("form[data-section] [data-postcode]")) return;
  const digits = target.value.normalize("NFKC").replace(/[^0-9]/g, "");
  if (digits.length !== 7 || digits === target.dataset.searched) return;
  target.dataset.searched = digits;
  const button = target.parentElement.querySelector('[name="_lookup"]');
  const text = document.getElementById(target.id.replace(/postcode$/, "text"));
  if (button && !text.value) search(button);
});

document.addEventListener("change", (event) => {
  const what = event.target.closest("form[data-section] [data-refresh]")?.dataset.refresh;
  if (what) refresh(what);
});
