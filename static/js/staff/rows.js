// The rows of a week's form, which are all that is ever sent.

export const LAST = 24 * 60;

const box = document.querySelector("[data-rows]");
const template = document.querySelector("[data-row-template]");

export function rows() {
  return [...box.querySelectorAll("[data-row]")];
}

export function part(row, name) {
  return row.querySelector(`[data-part="${name}"]`);
}

function minutes(typed) {
  const found = /^\s*(\d{1,2})(?:\s*[:.hu]?\s*(\d{2}))?\s*[hu]?\s*$/i.exec(typed);
  const minute = found ? Number(found[1]) * 60 + Number(found[2] || 0) : NaN;
  return minute <= LAST ? minute : NaN;
}

export function hhmm(minute) {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

export function read(row) {
  return {
    days: [...row.querySelectorAll("[data-day]")].filter((day) => day.checked).map((day) => Number(day.dataset.day)),
    start: minutes(part(row, "start").value),
    end: minutes(part(row, "end").value),
    places: Number(part(row, "places").value) || 1,
    gone: row.querySelector("[data-gone]").checked,
  };
}

export function write(row, { days, start, end, places }) {
  if (days) for (const day of row.querySelectorAll("[data-day]")) day.checked = days.includes(Number(day.dataset.day));
  if (start !== undefined) part(row, "start").value = hhmm(start);
  if (end !== undefined) part(row, "end").value = hhmm(end);
  if (places !== undefined) part(row, "places").value = places;
}

export function addRow() {
  const spare = rows().find((row) => row.dataset.spare !== undefined && row.hidden);
  if (spare) {
    spare.hidden = false;
    delete spare.dataset.spare;
    return spare;
  }
  const numbers = rows().map((row) => Number(/rows-(\d+)-/.exec(part(row, "start").name)[1]));
  const holder = document.createElement("div");
  holder.append(template.content.cloneNode(true));
  holder.innerHTML = holder.innerHTML.replaceAll("rows-NEW-", `rows-${Math.max(-1, ...numbers) + 1}-`).replaceAll("NEW", numbers.length + 1);
  const row = holder.querySelector("[data-row]");
  delete row.dataset.spare;
  box.append(row);
  return row;
}
