// Every page with a form: the error summary takes the focus, a press counts once, and being offline loses nothing.

const PATIENCE = 10000; // ms; a press that leads nowhere must not lock the form for good

const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();

function release(form) {
  delete form.dataset.busy;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

function tellOffline(form, offline) {
  const notice = form.querySelector("[data-offline]");
  if (notice) notice.hidden = !offline;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  tellOffline(form, !navigator.onLine);
  if (form.dataset.busy || !navigator.onLine) {
    event.preventDefault();
    return;
  }
  form.dataset.busy = "yes";
  const pressed = event.submitter && event.submitter.matches(".button") ? event.submitter : form.querySelector("button.button");
  if (pressed) pressed.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), PATIENCE);
});

// Back may bring the page as it was left, busy button included.
addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));
addEventListener("online", () => document.querySelectorAll("form").forEach((form) => tellOffline(form, false)));
