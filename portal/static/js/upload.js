// Files on their way: what was chosen is listed with its size, and a bar shows how far it has gone.
// Without this script the browser sends the form as any other.

// What follows these has a message that is shown once, or another language from head to foot.
const WITHOUT_PROGRESS = ["_later", "_mail", "_refresh"];
const QUARTER = 25;
const MAIN = "main";

const size = (bytes) =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} kB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

function listChosen(input) {
  const list = input.parentElement.querySelector("[data-chosen]") ?? document.createElement("ul");
  list.className = "file__list";
  list.dataset.chosen = "";
  list.replaceChildren(
    ...[...input.files].map((file) => {
      const item = document.createElement("li");
      item.className = "file__item";
      const name = document.createElement("span");
      name.textContent = file.name;
      const bytes = document.createElement("span");
      bytes.className = "quiet number nowrap";
      bytes.textContent = size(file.size);
      item.append(name, bytes);
      return item;
    }),
  );
  if (input.files.length) input.after(list);
  else list.remove();
}

// A stage is what of the block is seen: "sending", "checking", "failed", "refused".
function tell(form, stage, percent = 0) {
  const block = form.querySelector("[data-upload]");
  block.hidden = false;
  for (const each of block.querySelectorAll("[data-when]")) each.hidden = each.dataset.when !== stage;
  block.querySelector("progress").value = percent;
  // Read aloud at every quarter only.
  const said = `${percent - (percent % QUARTER)}%`;
  const shown = block.querySelector("[data-percent]");
  if (shown.textContent !== said) shown.textContent = said;
}

function failed(form, stage, words = "") {
  if (words) form.querySelector('[data-when="refused"]').textContent = words;
  tell(form, stage);
  delete form.dataset.sent;
}

// The same section again, with what has to be put right; scripts listen to the whole document.
function show(page) {
  document.title = page.title;
  document.querySelector(MAIN).replaceWith(document.adoptNode(page.querySelector(MAIN)));
  window.scrollTo(0, 0);
  (document.querySelector("[data-focus]") ?? document.querySelector(MAIN)).focus();
}

function answered(form, request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  if (request.status >= 400) {
    const words = page.querySelector(`${MAIN} h1`)?.textContent.trim();
    return words ? failed(form, "refused", words) : failed(form, "failed");
  }
  const here = location.pathname + location.search;
  const there = new URL(request.responseURL);
  if (there.pathname + there.search !== here) return location.assign(request.responseURL);
  return show(page);
}

function send(form, submitter) {
  const request = new XMLHttpRequest();
  request.open("POST", location.href);
  request.upload.addEventListener("progress", ({ loaded, total }) =>
    tell(form, "sending", Math.floor((loaded / total) * 100)),
  );
  request.upload.addEventListener("load", () => tell(form, "checking", 100));
  request.addEventListener("load", () => answered(form, request));
  for (const name of ["error", "timeout"])
    request.addEventListener(name, () => failed(form, "failed"));
  tell(form, "sending");
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  request.send(body);
}

document.addEventListener("change", ({ target }) => {
  if (target.matches('form[data-section] input[type="file"]')) listChosen(target);
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !form.matches("[data-section]")) return;
  const files = [...form.querySelectorAll('input[type="file"]')].some(({ files }) => files.length);
  if (!files || WITHOUT_PROGRESS.includes(submitter?.name)) return;
  event.preventDefault();
  send(form, submitter);
});
