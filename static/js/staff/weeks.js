// Several days of the coming weeks are chosen at once: by dragging over them, or with Shift and an arrow key, then Enter.
// That opens the closures with the first and the last day filled in. Without this each day is a link of its own.

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function days(table) {
  return [...table.querySelectorAll("[data-day]")];
}

function mark(table, from, to) {
  const [low, high] = [from, to].sort();
  for (const day of days(table)) {
    const chosen = low !== undefined && day.dataset.day >= low && day.dataset.day <= high;
    day.closest("td").classList.toggle("chosen", chosen);
  }
}

function openClosures(table, from, to) {
  const [first, last] = [from, to].sort();
  location.assign(`${table.dataset.days}?${new URLSearchParams({ day: first, last })}#closures`);
}

function watch(table) {
  let from; // where the choice begins, and where it ends now
  let to;

  function forget() {
    from = to = undefined;
    mark(table, from, to);
  }

  function dayAt(event) {
    return event.target.closest?.("td")?.querySelector("[data-day]")?.dataset.day;
  }

  table.addEventListener("dragstart", (event) => event.preventDefault()); // links would be dragged themselves
  table.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0) return; // a finger scrolls
    from = to = dayAt(event);
  });
  table.addEventListener("pointerover", (event) => {
    if (!from || !(event.buttons & 1)) return;
    to = dayAt(event) ?? to;
    mark(table, from, from === to ? undefined : to);
  });
  addEventListener("pointerup", () => {
    if (from && to !== from) openClosures(table, from, to);
    forget();
  });
  addEventListener("pointercancel", forget);

  table.addEventListener("keydown", (event) => {
    const links = days(table);
    const here = links.indexOf(document.activeElement);
    if (here < 0) return;
    if (event.key === "Escape") forget();
    if (event.key === "Enter" && from && to !== from) {
      event.preventDefault();
      openClosures(table, from, to);
    }
    const next = links[here + STEPS[event.key]];
    if (!next) return;
    event.preventDefault();
    if (event.shiftKey) from ??= links[here].dataset.day;
    else forget();
    next.focus();
    if (event.shiftKey) {
      to = next.dataset.day;
      mark(table, from, to);
    }
  });
}

document.querySelectorAll("[data-days]").forEach(watch);
for (const hint of document.querySelectorAll("[data-several]")) hint.hidden = false;
