// Makes the chat live. Without it the same forms and links work page by page.
// Everything that people wrote is put into the page as text, never as markup.

const chat = document.querySelector("[data-events]");
const list = document.getElementById("messages");
const composer = document.getElementById("composer");
const offline = document.getElementById("offline");
const chosen = document.getElementById("chosen");
const JSON_PLEASE = { Accept: "application/json" };

document.documentElement.classList.add("live");

function clock(iso) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  const day = today ? {} : { day: "numeric", month: "short" };
  return at.toLocaleString([], { ...day, hour: "2-digit", minute: "2-digit" });
}

function showTime(element, iso) {
  if (!iso) return;
  element.dateTime = iso;
  element.title = new Date(iso).toLocaleString();
  element.textContent = clock(iso);
}

// Fills a part of the page by its data-* names; lists last, because they bring names of their own.
function fill(root, data) {
  const each = (name, act) =>
    root.querySelectorAll(`[data-${name}]`).forEach((element) => act(element, data[element.dataset[name]]));
  each("text", (element, value) => (element.textContent = value ?? ""));
  each("show", (element, value) => (element.hidden = !value));
  each("hide", (element, value) => (element.hidden = Boolean(value)));
  each("href", (element, value) => element.setAttribute("href", value ?? ""));
  each("value", (element, value) => {
    // Whoever is in the middle of an edit keeps his own words.
    if (!(element.matches("textarea") && element.closest("details").open)) element.value = value ?? "";
  });
  each("time", showTime);
  each("each", (element, items) => {
    const template = element.querySelector(":scope > template");
    element.replaceChildren(template, ...(items ?? []).map((item) => made(template, item)));
  });
}

function made(template, data) {
  const element = template.content.cloneNode(true).firstElementChild;
  fill(element, data);
  return element;
}

function blank(name) {
  return document.getElementById(name).content.cloneNode(true).firstElementChild;
}

function add(element, anchor) {
  element.id = anchor;
  list.append(element);
  return element;
}

function keepingTheEndInSight(change) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  change();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

const show = {
  message(data) {
    const known = document.getElementById(data.anchor);
    // An old message that the page no longer shows may change; it must not come back as the newest.
    if (!known && data.number < (list.querySelector(".entry:last-of-type")?.dataset.number ?? 0)) return;
    const entry = known ?? add(blank("entry-template"), data.anchor);
    entry.dataset.number = data.number;
    entry.classList.toggle("mine", data.mine);
    const message = entry.querySelector(".message");
    message.querySelector("[data-tint]").className = `avatar tint-${data.tint}`;
    fill(message, data);
  },
  notice(data) {
    const slot = document.getElementById(data.anchor)?.querySelector(".slot");
    if (!slot) return;
    const notice = slot.firstElementChild ?? blank("notice-template");
    const hadFocus = notice.contains(document.activeElement);
    fill(notice, data);
    if (!notice.isConnected) slot.replaceChildren(notice);
    if (hadFocus) notice.focus();
    document.getElementById("said").textContent = `${data.title}. ${data.after || data.body}`;
  },
  card(data) {
    const card = document.getElementById(data.anchor) ?? add(blank("card-template"), data.anchor);
    card.className = `card severity-${data.severity}`;
    fill(card, data);
  },
};

const source = new EventSource(chat.dataset.events);
for (const [kind, act] of Object.entries(show)) {
  source.addEventListener(kind, (event) => keepingTheEndInSight(() => act(JSON.parse(event.data))));
}
source.addEventListener("reload", () => location.reload());
source.addEventListener("open", () => (offline.textContent = ""));
source.addEventListener("error", () => {
  const lost = source.readyState === EventSource.CLOSED;
  offline.textContent = lost ? "Disconnected. Load the page again." : "Reconnecting…";
});

async function send(form, body) {
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: JSON_PLEASE });
    if (response.ok) return "";
    const answer = await response.json().catch(() => ({}));
    return answer.error ?? "That did not work. Please try again.";
  } catch {
    return "The chat can't be reached. Nothing was sent; please try again.";
  }
}

function tell(form, wrong) {
  const error = form.querySelector("[data-error]");
  error.textContent = wrong;
  error.hidden = !wrong;
  if (!wrong && source.readyState !== EventSource.OPEN) location.reload();
}

// The composer is free again at once: who types on while a message is under way must lose nothing.
let underWay = Promise.resolve();

function post(button) {
  const { text, file } = composer.elements;
  const body = new FormData(composer, button);
  const written = text.value;
  const picked = new DataTransfer();
  for (const one of file.files) picked.items.add(one);
  write("", new DataTransfer());
  text.focus();
  list.scrollTop = list.scrollHeight;
  underWay = underWay.then(async () => {
    const wrong = await send(composer, body);
    if (wrong && !text.value && !file.files.length) write(written, picked);
    tell(composer, wrong);
  });
}

function write(text, picked) {
  composer.elements.text.value = text;
  composer.elements.file.files = picked.files;
  chosen.textContent = [...picked.files].map((file) => file.name).join(", ");
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  event.preventDefault();
  if (form === composer) {
    post(event.submitter);
    return;
  }
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const wrong = await send(form, new FormData(form, event.submitter));
  form.ariaBusy = "false";
  if (!wrong) form.closest("details")?.removeAttribute("open");
  tell(form, wrong);
});

document.addEventListener("keydown", (event) => {
  const writing = event.target.matches("form[data-live] textarea");
  if (writing && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
  if (event.key === "Escape") {
    const open = event.target.closest("details[open]");
    open?.removeAttribute("open");
    open?.querySelector("summary").focus();
  }
});

function showOpened(event) {
  if (!event.target.open) return;
  event.target.querySelector("textarea, input:not([type=hidden])")?.focus();
  event.target.scrollIntoView({ block: "nearest" });
}
document.addEventListener("toggle", showOpened, true);

document.addEventListener("click", (event) => {
  const suggestion = event.target.closest(".suggestion");
  if (!suggestion || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  composer.elements.text.value = suggestion.textContent;
  composer.elements.text.focus();
});

composer?.elements.file.addEventListener("change", (event) => {
  chosen.textContent = [...event.target.files].map((file) => file.name).join(", ");
});

document.querySelectorAll("time[datetime]").forEach((time) => showTime(time, time.dateTime));
if (!location.hash) list.scrollTop = list.scrollHeight;
