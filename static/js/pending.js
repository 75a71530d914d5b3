// "Not booked yet": asks the server how the request stands and moves on once it is booked, on whichever device that happened.

const SOON = 3000; // ms
const LATEST = 20000;
const AFTER_FAILURE = 60000;

const page = document.querySelector("[data-pending]");
const news = page.querySelector("[data-news]");
let state = page.dataset.state;
let pause = SOON;
let timer;
let asking = false;

// The confirmation page presses its button by itself only in the browser that finds this mark.
try {
  localStorage.setItem(`portal:${page.dataset.requestRef}`, "1");
} catch {
  // Blocked inside a frame: a person presses the button instead.
}

function show(answer) {
  if (answer.until) for (const place of page.querySelectorAll("[data-until]")) place.textContent = answer.until;
  if (answer.state === state) return;
  state = answer.state;
  pause = SOON;
  for (const part of page.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
  const mend = page.querySelector("[data-mend]"); // a repair has none: its address is on the case
  if (state === "failed" && mend) mend.open = true;
  const sentence = page.getAttribute(`data-news-${state}`);
  if (sentence) news.textContent = sentence.replace("{until}", answer.until);
}

async function ask() {
  clearTimeout(timer);
  if (document.hidden || asking) return;
  asking = true;
  try {
    const response = await fetch(page.dataset.stateUrl, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!response.ok) throw new Error(response.status);
    if (response.redirected) {
      location.assign(response.url); // the request is gone, its answers are not
      return;
    }
    pause = Math.min(pause * 1.15, LATEST);
    const answer = await response.json();
    show(answer);
    if (answer.state === "booked" && answer.next) {
      location.assign(answer.next);
      return;
    }
  } catch {
    pause = Math.min(pause * 2, AFTER_FAILURE);
  } finally {
    asking = false;
  }
  timer = setTimeout(ask, pause);
}

function askNow() {
  pause = SOON;
  ask();
}

document.addEventListener("visibilitychange", askNow);
addEventListener("focus", askNow);
addEventListener("online", askNow);
timer = setTimeout(ask, pause);
