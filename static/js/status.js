// An open status page follows its case: it asks for the version of what it shows, and fetches the page only when that changed.

const SOON = 10000; // ms
const LATEST = 300000;
const SLOWER = 1.4;
const SPREAD = 0.2; // so that many pages do not ask at once

const page = document.querySelector("[data-status]");
const news = page.querySelector("[data-news]");
const looked = page.querySelector("[data-looked]");
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: page.dataset.zone });
let pause = SOON;
let timer;
let asking = false;

function sayLooked(response) {
  looked.textContent = clock.format(new Date(response.headers.get("Date") || Date.now()));
  tellConnection(true);
}

function tellConnection(there) {
  page.querySelector("[data-follows]").hidden = !there;
  page.querySelector("[data-lost]").hidden = there;
}

function replace(part, fresh) {
  if (part.innerHTML === fresh.innerHTML) return;
  const held = part.contains(document.activeElement);
  part.replaceChildren(...fresh.childNodes);
  // Whoever stood on what is gone stands on what is there instead, not at the top of the page.
  if (held) (part.querySelector("a") || page.querySelector("h1")).focus({ preventScroll: true });
}

async function fetchPage() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (response.status >= 500 || response.status === 429) throw new Error(response.status);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const other = fresh.querySelector("[data-status]");
  if (!other) {
    location.reload(); // there is nothing to follow any more; the page says why
    return;
  }
  for (const part of page.querySelectorAll("[data-part]")) replace(part, other.querySelector(`[data-part=${part.dataset.part}]`));
  document.title = fresh.title;
  news.textContent = ["h1", ".lead"].map((words) => page.querySelector(words).textContent).join(". ");
  page.dataset.version = other.dataset.version;
  pause = SOON;
}

async function ask() {
  clearTimeout(timer);
  if (document.hidden || asking) return;
  asking = true;
  try {
    const known = { Accept: "application/json", "If-None-Match": `"${page.dataset.version}"` };
    const response = await fetch(page.dataset.stateUrl, { headers: known, cache: "no-store" });
    pause = Math.min(pause * SLOWER, LATEST);
    if (response.status === 200 || response.status === 404) await fetchPage();
    else if (response.status !== 304) throw new Error(response.status);
    sayLooked(response);
  } catch {
    pause = Math.min(pause * 2, LATEST);
    tellConnection(false);
  } finally {
    asking = false;
  }
  timer = setTimeout(ask, pause * (1 + SPREAD * (Math.random() - 0.5)));
}

function askNow() {
  pause = SOON;
  ask();
}

page.querySelector("[data-again]").addEventListener("click", (event) => {
  event.preventDefault();
  askNow();
});
document.addEventListener("visibilitychange", askNow);
addEventListener("online", askNow);
tellConnection(true);
timer = setTimeout(ask, pause);
