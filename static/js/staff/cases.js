// The list of cases while somebody types, chooses or walks through it by keyboard. Without this the form is sent as any other.

const PAUSE = 120; // ms without another key
const finder = document.querySelector("[data-finder]");
const field = finder.querySelector("[data-search-all]");
const results = document.querySelector("[data-results]");
const told = document.querySelector("[data-told]");
const download = document.querySelector("[data-export]");

let asking = null;
let soon = 0;

finder.querySelector("[data-without-scripts]").hidden = true;

function address() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(finder)) {
    if (value.trim() && !(name === "sort" && value === "newest")) asked.append(name, value);
  }
  return `${finder.getAttribute("action")}${asked.size ? `?${asked}` : ""}`;
}

async function ask() {
  clearTimeout(soon);
  const here = address();
  if (asking) asking.abort();
  const mine = (asking = new AbortController());
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${here}${here.includes("?") ? "&" : "?"}part=results`, { signal: mine.signal });
    if (answer.redirected || !answer.ok) {
      location.assign(here); // signed out meanwhile, or a page that says what is wrong
      return;
    }
    const found = await answer.text();
    if (mine.signal.aborted) return;
    results.innerHTML = found;
    history.replaceState(null, "", here);
    if (download) download.action = here;
    told.textContent = results.querySelector("[data-list]").dataset.words;
  } catch (failed) {
    if (failed.name === "AbortError") return;
    told.textContent = "";
  }
  if (asking === mine) {
    asking = null;
    results.removeAttribute("aria-busy");
  }
}

finder.addEventListener("input", (event) => {
  clearTimeout(soon);
  if (event.target === field) soon = setTimeout(ask, PAUSE);
});
finder.addEventListener("change", (event) => {
  if (event.target !== field) ask();
});
finder.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
// A file comes and the page stays: nobody is told to wait for another page.
if (download) download.addEventListener("submit", (event) => event.stopPropagation());

function rows() {
  return [...results.querySelectorAll(".case-link")];
}

function step(by) {
  const links = rows();
  const here = links.indexOf(document.activeElement);
  if (here < 0 && by < 0) return false;
  const next = here + by;
  if (next < 0) field.focus();
  else if (links[next]) links[next].focus();
  return links.length > 0;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input, textarea, select, summary");
  const way = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
  if (!way || (typing && !(event.target === field && event.key === "ArrowDown"))) return;
  if (event.key.startsWith("Arrow") && !typing && !rows().includes(document.activeElement)) return; // scrolling
  if (step(way)) event.preventDefault();
});
