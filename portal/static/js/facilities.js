// Shows the price of the ticked slots as they are ticked. The server calculates it.

for (const form of document.querySelectorAll("form[data-live-total]")) {
  let asking;
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;

  form.addEventListener("change", async () => {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name === "day" || name === "slot") query.append(name, value);
    }
    try {
      const answer = await fetch(`${form.dataset.liveTotal}?${query}`, { signal: asking.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const total = page.getElementById("total");
      if (total) form.querySelector("#total").innerHTML = total.innerHTML;
    } catch (error) {
      if (error.name !== "AbortError")
        for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = false;
    }
  });
}
