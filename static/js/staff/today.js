// An open page of a day follows what happens: it asks whether there is news, and fetches the page only then.

const PAUSE = 10000; // ms
const LATEST = 120000;
const MINUTE = 60000;

const page = document.querySelector("[data-today]");
let pause = PAUSE;
let timer;

function tell(connected) {
  page.querySelector("[data-live]").hidden = !connected;
  page.querySelector("[data-lost]").hidden = connected;
}

function countDown() {
  for (const each of page.querySelectorAll("[data-ends]")) {
    const left = Math.ceil((new Date(each.dataset.ends) - Date.now()) / MINUTE);
    each.querySelector("[data-left]").textContent = Math.max(0, left);
  }
}

async function refresh() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!response.ok) throw new Error(response.status);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-today]");
  if (!fresh) {
    location.reload(); // signed out meanwhile: the page that is there now says so
    return;
  }
  for (const part of page.querySelectorAll("[data-part]")) {
    const other = fresh.querySelector(`[data-part=${part.dataset.part}]`);
    if (part.innerHTML !== other.innerHTML && !part.contains(document.activeElement)) part.replaceChildren(...other.childNodes);
  }
  page.dataset.version = fresh.dataset.version;
}

async function ask() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const known = { Accept: "application/json", "If-None-Match": `"${page.dataset.version}"` };
    const response = await fetch(page.dataset.newsUrl, { headers: known, cache: "no-store" });
    if (response.status === 200) await refresh();
    else if (response.status !== 304) throw new Error(response.status);
    pause = PAUSE;
    tell(true);
  } catch {
    pause = Math.min(pause * 2, LATEST);
    tell(false);
  }
  countDown();
  timer = setTimeout(ask, pause);
}

document.addEventListener("visibilitychange", ask);
addEventListener("online", ask);
tell(true);
timer = setTimeout(ask, pause);
