// Makes pages kinder; none of them needs it.

// An error summary takes the focus, so that a screen reader begins there.
document.querySelector("[data-focus]")?.focus();

// A link to a field moves the focus into it. (A part of the page may be replaced, so it is the
// document that listens.)
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.('.notice--error a[href^="#"]');
  const place = link && document.getElementById(link.hash.slice(1));
  (place?.matches("input, select, textarea")
    ? place
    : place?.querySelector("input, select, textarea")
  )?.focus();
});

// One press, one post.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () =>
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent),
);

// A menu closes when one leaves it.
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener(
    "keydown",
    (event) => event.key === "Escape" && menu.removeAttribute("open"),
  );
  document.addEventListener(
    "click",
    (event) => menu.contains(event.target) || menu.removeAttribute("open"),
  );
}

// Printing needs a script, so its button shows only where there is one.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
