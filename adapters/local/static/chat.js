// Makes the chat live. Without it the same forms and links work page by page.
// Everything that people wrote is put into the page as text, never as markup.

import { offerCommands } from "./commands.js";

const chat = document.querySelector("[data-events]");
const list = document.getElementById("messages");
const composer = document.getElementById("composer");
const offline = document.getElementById("offline");
const chosen = document.getElementById("chosen");
const answering = document.getElementById("answering");
const words = JSON.parse(chat.dataset.words);
const JSON_PLEASE = { Accept: "application/json" };

document.documentElement.classList.add("live");

function clock(iso) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  const day = today ? {} : { day: "numeric", month: "short" };
  return at.toLocaleString(document.documentElement.lang, { ...day, hour: "2-digit", minute: "2-digit" });
}

function showTime(element, iso) {
  if (!iso) return;
  element.dateTime = iso;
  element.title = new Date(iso).toLocaleString(document.documentElement.lang);
  element.textContent = clock(iso);
}

// Fills a part of the page by its data-* names; lists last, because they bring names of their own.
function fill(root, data) {
  const each = (name, act) =>
    [root, ...root.querySelectorAll(`[data-${name}]`)]
      .filter((element) => element.dataset[name])
      .forEach((element) => act(element, data[element.dataset[name]]));
  each("lang", (element, value) => (value ? (element.lang = value) : element.removeAttribute("lang")));
  each("dir", (element, value) => (element.dir = value || "auto"));
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

function say(...sentences) {
  document.getElementById("said").textContent = sentences.filter(Boolean).join(" ");
}

function newest(selector) {
  return [...list.querySelectorAll(selector)].at(-1);
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
    if (!known && data.number < Number(newest(".entry")?.dataset.number ?? 0)) return;
    const entry = known ?? add(blank("entry-template"), data.anchor);
    entry.dataset.number = data.number;
    entry.classList.toggle("mine", data.mine);
    entry.classList.toggle("announced", data.announced);
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
    say(data.title, data.after || data.body);
  },
  card(data) {
    const card = document.getElementById(data.anchor) ?? add(blank("card-template"), data.anchor);
    const hadFocus = card.contains(document.activeElement);
    card.className = `card severity-${data.level}`;
    fill(card, data);
    if (hadFocus) card.focus();
    say(data.title, data.news.at(-1)?.text);
  },
};

// What the desk answers stands below what it answers, in this page alone; no server remembers it.
function showNote(data, place) {
  if (!data) return;
  const note = blank("note-template");
  fill(note, data);
  if (place?.matches(".note")) place.replaceWith(note);
  else if (place) {
    if (place.nextElementSibling?.matches(".note")) place.nextElementSibling.remove();
    place.after(note);
  } else list.append(note);
  note.scrollIntoView({ block: "nearest" });
  say(data.text, ...data.notices.map((notice) => notice.title));
}

const source = new EventSource(chat.dataset.events);
for (const [kind, act] of Object.entries(show)) {
  source.addEventListener(kind, (event) => keepingTheEndInSight(() => act(JSON.parse(event.data))));
}
source.addEventListener("reload", () => location.reload());
source.addEventListener("open", () => (offline.textContent = ""));
source.addEventListener("error", () => {
  const lost = source.readyState === EventSource.CLOSED;
  offline.textContent = lost ? words.disconnected : words.reconnecting;
});

async function send(form, body) {
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: JSON_PLEASE });
    const answer = await response.json().catch(() => ({}));
    return response.ok ? answer : { error: answer.error ?? words.failed };
  } catch {
    return { error: words.unreachable };
  }
}

function tell(form, answer, place) {
  const error = form.querySelector("[data-error]");
  error.textContent = answer.error ?? "";
  error.hidden = !answer.error;
  if (answer.error) return;
  if (answer.after) {
    const notice = form.closest(".notice");
    fill(notice, { ...shownIn(notice), after: answer.after, choices: [], lettered: [] });
    notice.focus();
    say(answer.after);
  } else if ("note" in answer) showNote(answer.note, place);
  else if (source.readyState !== EventSource.OPEN) location.reload();
}

function shownIn(notice) {
  const shown = { language: notice.lang, direction: notice.dir };
  notice.querySelectorAll("[data-text]").forEach((element) => (shown[element.dataset.text] = element.textContent));
  return shown;
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
  answer(null);
  text.focus();
  list.scrollTop = list.scrollHeight;
  underWay = underWay.then(async () => {
    const answer = await send(composer, body);
    if (answer.error && !text.value && !file.files.length) write(written, picked);
    tell(composer, answer);
  });
}

function write(text, picked) {
  composer.elements.text.value = text;
  composer.elements.file.files = picked.files;
  chosen.textContent = [...picked.files].map((file) => file.name).join(", ");
  composer.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
}

// Makes the next message a reply to this entry, or to none.
function answer(entry) {
  composer.elements.answers.value = entry?.querySelector("[name=answers]").value ?? "";
  const who = entry?.querySelector(".author").textContent;
  const what = entry?.querySelector(".text").textContent.replace(/\s+/g, " ").slice(0, 80);
  answering.querySelector("[data-what]").textContent = entry ? `${who}: ${what}` : "";
  answering.hidden = !entry;
  if (entry) composer.elements.text.focus();
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-live]");
  const answered = event.target.closest("form[data-answer]");
  if (!form && !answered) return;
  event.preventDefault();
  if (answered) {
    answer(answered.closest(".entry"));
    return;
  }
  if (form === composer) {
    post(event.submitter);
    return;
  }
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const place = form.closest(".messages > li");
  const said = await send(form, new FormData(form, event.submitter));
  form.ariaBusy = "false";
  if (!said.error) form.closest("details")?.removeAttribute("open");
  tell(form, said, place);
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
  if (event.ctrlKey || event.metaKey) return;
  const suggestion = event.target.closest(".suggestion");
  const close = event.target.closest("[data-close]");
  const stop = event.target.closest("[data-stop]");
  if (suggestion || close || stop) event.preventDefault();
  if (suggestion) composer.elements.text.value = suggestion.textContent;
  if (stop) answer(null);
  close?.closest(".note").remove();
  if (suggestion || close || stop) composer.elements.text.focus();
});

offerCommands(composer.elements.text, document.getElementById("commands"));

composer.elements.file.addEventListener("change", (event) => {
  chosen.textContent = [...event.target.files].map((file) => file.name).join(", ");
});

document.querySelectorAll("time[datetime]").forEach((time) => showTime(time, time.dateTime));
if (!location.hash) list.scrollTop = list.scrollHeight;
