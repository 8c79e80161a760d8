// Keeps the page fresh: when the server says that cases have changed, the marked part is fetched again.

const listener = document.querySelector("[data-live]");
let refreshing = false;
let again = false;

async function refresh() {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  try {
    await fetchFresh();
  } catch {
    offline(true);
  } finally {
    refreshing = false;
  }
  if (again) {
    again = false;
    refresh();
  }
}

async function fetchFresh() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (response.redirected) {
    location.reload();
    return;
  }
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const selector of [".live", "[data-fresh]"]) {
    const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
    if (old && fresh && old.innerHTML !== fresh.innerHTML) replace(old, fresh);
  }
}

// A keyboard user must not lose his place: the focus goes back to where it was.
function replace(old, fresh) {
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  const place = held?.getAttribute("href") ?? held?.form?.getAttribute("action");
  old.replaceChildren(...fresh.childNodes);
  if (!place) return;
  const link = [...old.querySelectorAll("a")].find((one) => one.getAttribute("href") === place);
  const form = [...old.querySelectorAll("form")].find((one) => one.getAttribute("action") === place);
  (link ?? form?.querySelector("button"))?.focus();
}

function offline(is) {
  document.querySelector(".live")?.classList.toggle("offline", is);
}

if (listener) {
  const source = new EventSource(listener.dataset.live);
  source.addEventListener("cases", refresh);
  source.addEventListener("ready", () => {
    offline(false);
    refresh();
  });
  source.addEventListener("error", () => offline(true));
}
