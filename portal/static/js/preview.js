// The author's page is drawn anew as soon as a file of the definitions has changed.

const page = document.querySelector("[data-preview]");
const EVERY_MS = 700;

async function look() {
  try {
    const answer = await fetch(page.dataset.previewUrl, { cache: "no-store" });
    const found = (await answer.text()).slice(0, 200);
    if (found !== page.dataset.preview) {
      window.location.reload();
      return;
    }
  } catch {
    // The preview was stopped, or is starting again.
  }
  window.setTimeout(look, EVERY_MS);
}

if (page) {
  look();
}
