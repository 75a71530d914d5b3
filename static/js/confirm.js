// Presses the button by itself, once, and only in the browser that made the request; the garage sees which one it was.

const form = document.querySelector("[data-confirm]");

/** Whether this browser made the request; the mark is used up, so Back never presses again. */
function takeMark() {
  const key = `portal:${form.dataset.requestRef}`;
  try {
    const found = localStorage.getItem(key) !== null;
    localStorage.removeItem(key);
    return found;
  } catch {
    return false;
  }
}

function press() {
  if (!takeMark()) return;
  form.elements.own.value = "yes";
  form.querySelector("[data-confirming]").hidden = false;
  form.querySelector("button").click();
}

// A page the browser prepares ahead of a visit has no visitor yet.
if (document.prerendering) document.addEventListener("prerenderingchange", press, { once: true });
else press();
