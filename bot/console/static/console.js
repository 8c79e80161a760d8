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
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (response.ok && !response.redirected) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const selector of ["[data-fresh]", ".live"]) {
      const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
      if (old && fresh && old.innerHTML !== fresh.innerHTML && !holdsFocus(old)) {
        old.replaceChildren(...fresh.childNodes);
      }
    }
  } else if (response.redirected) {
    location.reload();
  }
  refreshing = false;
  if (again) {
    again = false;
    refresh();
  }
}

// A keyboard user must not lose his place: what he stands in is renewed once he has left it.
function holdsFocus(element) {
  if (!element.contains(document.activeElement)) return false;
  document.activeElement.addEventListener("blur", () => refresh(), { once: true });
  return true;
}

if (listener) {
  const source = new EventSource(listener.dataset.live);
  source.addEventListener("cases", refresh);
  source.addEventListener("ready", refresh);
}
