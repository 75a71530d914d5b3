// The page of the photos: chosen files go up at once, and "Continue" waits for them.

import { removePhoto, Sender } from "./send.js";
import { Shot } from "./shot.js";

const form = document.querySelector("[data-photos]");
const words = form.dataset;
const template = form.querySelector("[data-shot]");
const news = form.querySelector("[data-news]");
const notice = form.querySelector("[data-hold-notice]");
const jobs = new WeakMap(); // tile → job
let held = null; // the button somebody pressed while photos were on their way

const say = (sentence) => { news.textContent = sentence; };
const sender = new Sender(words.uploadUrl, Number(words.largest), changed);

function take(input) {
  const slot = input.closest("[data-slot]");
  for (const file of input.files) {
    const shot = new Shot(template, words, file.name, say);
    slot.querySelector(".shots").append(shot.element);
    jobs.set(shot.element, sender.add(file, slot.dataset.slot, shot));
  }
  input.value = ""; // what goes up by itself must not go along with the form again
}

function changed() {
  if (!held || sender.busy) return;
  const button = held;
  held = null;
  if (!complain()) button.click();
}

/** Whether a photo failed; if so, says it and goes there. */
function complain() {
  const [failed] = sender.of("failed");
  notice.textContent = failed ? words.stuck : "";
  if (failed) {
    failed.shot.element.scrollIntoView({ block: "center" });
    failed.shot.removeButton.focus({ preventScroll: true });
  }
  return Boolean(failed);
}

async function remove(button) {
  const tile = button.closest(".shot");
  const job = jobs.get(tile);
  if (job && !tile.dataset.uid) sender.cancel(job);
  else if (!(await removePhoto(button.formAction))) {
    notice.textContent = words.kept;
    return;
  }
  notice.textContent = "";
  say(words.newsRemoved.replace("{name}", job ? job.file.name : tile.dataset.name));
  const next = tile.nextElementSibling || tile.previousElementSibling;
  const slot = tile.closest("[data-slot]");
  tile.remove();
  (next ? next.querySelector(".remove") : slot.querySelector(".picker:last-child input")).focus();
}

form.addEventListener("change", (event) => {
  if (event.target.type === "file") take(event.target);
});

form.addEventListener("click", (event) => {
  const button = event.target.closest(".remove, .retry");
  if (!button) return;
  event.preventDefault();
  if (button.matches(".retry")) sender.retry(jobs.get(button.closest(".shot")));
  else remove(button);
});

form.addEventListener("submit", (event) => {
  if (sender.busy) {
    event.preventDefault();
    held = event.submitter || form.querySelector("button.button[value=continue]");
    notice.textContent = words.hold;
  } else if (complain()) event.preventDefault();
});

addEventListener("beforeunload", (event) => {
  if (sender.busy) event.preventDefault();
});

form.classList.add("enhanced");
form.querySelectorAll("input[type=file]").forEach(take); // chosen while this script was on its way
