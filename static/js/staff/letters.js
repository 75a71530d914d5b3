// The preview follows what is typed, and a press on a tag puts it into the letter. Without this, "Show" shows.

const PAUSE = 400; // ms without a key

const form = document.querySelector("[data-letter]");
const place = document.querySelector("[data-preview] .screen");
const show = form.querySelector("[data-show]");
let waiting;
let count = 0;
let field = form.elements.words;

// A new frame each time: going on in the same one would fill the way Back with previews.
function refresh() {
  clearTimeout(waiting);
  const old = place.querySelector("iframe:not([hidden])");
  for (const late of place.querySelectorAll("iframe[hidden]")) late.remove();
  const fresh = old.cloneNode();
  fresh.removeAttribute("src");
  fresh.name = `preview-${++count}`;
  fresh.hidden = true;
  place.append(fresh);
  fresh.addEventListener("load", () => {
    if (!fresh.isConnected || fresh.contentDocument.URL === "about:blank") return;
    const reached = old.contentWindow.scrollY;
    old.remove();
    fresh.hidden = false;
    fresh.contentWindow.scrollTo(0, reached);
  });
  const sent = document.createElement("form");
  Object.assign(sent, { method: "post", action: show.formAction, target: fresh.name, hidden: true });
  for (const [name, value] of new FormData(form)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    sent.append(input);
  }
  document.body.append(sent);
  sent.submit(); // past the listeners of form.js: looking is not sending
  sent.remove();
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, PAUSE);
}

show.hidden = true;
form.addEventListener("input", soon);
document.addEventListener("change", (event) => {
  if (event.target.form === form && event.target.matches("select, [type=radio]")) refresh();
});
for (const each of [form.elements.subject, form.elements.words]) {
  each.addEventListener("focus", () => { field = each; });
}
for (const code of document.querySelectorAll("[data-tag]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = code.textContent;
  button.addEventListener("click", () => {
    field.focus();
    field.setRangeText(code.textContent, field.selectionStart, field.selectionEnd, "end");
    soon();
  });
  code.replaceChildren(button);
}
if (document.querySelector("[data-unsaved]")) refresh();
