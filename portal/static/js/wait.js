// The waiting page asks for news every three seconds and goes on as soon as there is some.
const place = document.querySelector("[data-wait]");

async function ask() {
  try {
    const answer = await fetch(place.dataset.wait, { headers: { accept: "application/json" } });
    const { next } = await answer.json();
    if (next) return location.assign(next);
  } catch {
    // Offline for a moment: ask again.
  }
  setTimeout(ask, 3000);
}
if (place) setTimeout(ask, 3000);
