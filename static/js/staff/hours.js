// The week as a picture one works in: blocks are dragged or moved with keys, and every change is written into the rows of
// the form below, which is all that is ever sent. Without this the rows are filled in by hand.

import { findAgain, keep } from "./kept.js";
import { LAST, addRow, hhmm, part, read, rows, write } from "./rows.js";

const STEP = 15; // minutes
const HOUR = 48; // px
const HEAD = 32; // px, room for the names of the days
const EDGE = 10; // px of a block's lower end that change its end

const form = document.querySelector("[data-week]");
const picture = form.querySelector("[data-picture]");
const board = form.querySelector("[data-board]");
const tools = form.querySelector("[data-tools]");
const rowsBox = form.querySelector("[data-rows]");
const dayNames = JSON.parse(picture.dataset.days);
const shortNames = JSON.parse(picture.dataset.short);
const blocks = new Map(); // "row-day": its button
let chosen = null; // { row, day }
let changed = false; // and not sent
const past = []; // how it was before each change
let present = null; // how it was when it was last drawn: what is typed is noticed only once it is there
let typedIn = null; // the field of the last change: all that is typed into it is one

function state() {
  const said = rows().map((row) => [...row.querySelectorAll("input")].map((field) => (field.type === "checkbox" ? field.checked : field.value)));
  return { said, chosen };
}

function remember(before = state()) {
  changed = true;
  typedIn = null;
  past.push(before);
}

function undo() {
  const before = past.pop();
  if (!before) return;
  const working = board.contains(document.activeElement);
  rows().forEach((row, index) => {
    const said = before.said[index];
    if (!said) {
      row.querySelector("[data-gone]").checked = true;
      row.hidden = true;
      return;
    }
    row.querySelectorAll("input").forEach((field, place) => {
      if (field.type === "checkbox") field.checked = said[place];
      else field.value = said[place];
    });
  });
  typedIn = null;
  chosen = before.chosen ?? chosen;
  draw();
  if (working) focusChosen();
}

// The picture

function shown() {
  return rows()
    .map((row, index) => ({ row, index, ...read(row) }))
    .filter((each) => !each.gone && !each.row.hidden && each.start < each.end);
}

function range(windows) {
  return {
    first: Math.min(8, ...windows.map((each) => Math.floor(each.start / 60))),
    last: Math.max(18, ...windows.map((each) => Math.ceil(each.end / 60))),
  };
}

let span = { first: 8, last: 18 };

function lanes(windows, day) {
  const ends = [];
  const found = new Map();
  for (const each of windows.filter((one) => one.days.includes(day)).sort((a, b) => a.start - b.start)) {
    let lane = ends.findIndex((end) => end <= each.start);
    if (lane < 0) lane = ends.length;
    ends[lane] = each.end;
    found.set(each.index, lane);
  }
  return { found, count: ends.length };
}

function frame() {
  board.querySelectorAll(".board-day, .board-hour").forEach((each) => each.remove());
  board.style.height = `${HEAD + (span.last - span.first) * HOUR + 1}px`;
  shortNames.forEach((name, day) => {
    const head = document.createElement("div");
    head.className = "board-day";
    head.style.left = `${(100 * day) / 7}%`;
    head.textContent = name;
    board.append(head);
  });
  for (let hour = span.first; hour <= span.last; hour += 1) {
    const line = document.createElement("div");
    line.className = "board-hour";
    line.style.top = `${HEAD + (hour - span.first) * HOUR}px`;
    line.textContent = hour < span.last ? hhmm(hour * 60) : "";
    board.append(line);
  }
}

function draw(moving = false) {
  const windows = shown();
  if (!moving) {
    span = range(windows);
    frame();
  }
  const alive = new Set();
  for (let day = 0; day < 7; day += 1) {
    const { found, count } = lanes(windows, day);
    for (const each of windows.filter((one) => one.days.includes(day))) {
      const key = `${each.index}-${day}`;
      alive.add(key);
      place(key, each, day, found.get(each.index), count);
    }
  }
  for (const [key, block] of blocks) {
    if (!alive.has(key)) {
      block.remove();
      blocks.delete(key);
    }
  }
  if (!moving) present = state();
  tell();
}

function place(key, each, day, lane, count) {
  let block = blocks.get(key);
  if (!block) {
    block = document.createElement("button");
    block.type = "button";
    block.className = "board-block";
    block.append(document.createElement("strong"), document.createElement("span"));
    blocks.set(key, block);
  }
  block.dataset.row = each.index;
  block.dataset.column = day;
  const mine = chosen && chosen.row === each.index;
  block.classList.toggle("chosen", Boolean(mine && chosen.day === day));
  block.classList.toggle("same", Boolean(mine && chosen.day !== day));
  block.setAttribute("aria-pressed", String(Boolean(mine && chosen.day === day)));
  block.style.top = `${HEAD + ((each.start - span.first * 60) * HOUR) / 60}px`;
  block.style.height = `${((each.end - each.start) * HOUR) / 60 - 1}px`;
  block.style.left = `calc(${(100 * (day + lane / count)) / 7}% + 1px)`;
  block.style.width = `calc(${100 / 7 / count}% - 3px)`;
  block.firstChild.textContent = `${hhmm(each.start)}–${hhmm(each.end)}`;
  block.lastChild.textContent = `${each.places} ×`;
  block.setAttribute("aria-label", words(each, dayNames[day]));
  if (!block.isConnected) board.append(block);
}

function words(each, days) {
  return picture.dataset.block
    .replace("{days}", days)
    .replace("{times}", `${hhmm(each.start)}–${hhmm(each.end)}`)
    .replace("{places}", each.places);
}

function tell() {
  const each = chosen && shown().find((one) => one.index === chosen.row);
  rows().forEach((row, index) => row.classList.toggle("hours-row-chosen", Boolean(each && index === chosen.row)));
  tools.querySelector("[data-chosen]").textContent = each ? words(each, each.days.map((day) => shortNames[day]).join(", ")) : "";
  for (const button of tools.querySelectorAll("[data-do]")) {
    const act = button.dataset.do;
    const idle = act === "undo" ? !past.length : !each || (act === "split" && each.days.length < 2);
    if (idle && document.activeElement === button) focusChosen(); // nobody loses the place
    button.disabled = idle;
  }
}

function focusChosen() {
  const block = chosen && blocks.get(`${chosen.row}-${chosen.day}`);
  (block || board.querySelector(".board-block"))?.focus();
}

function choose(row, day) {
  chosen = { row, day };
  draw();
  focusChosen();
}

// What can be done to the chosen block

function change(what, focus = true) {
  if (!chosen) return;
  const row = rows()[chosen.row];
  const before = read(row);
  remember();
  what(row, before);
  draw();
  if (focus) focusChosen();
}

function shift(row, { start, end }, by) {
  const step = Math.max(-start, Math.min(LAST - end, by));
  write(row, { start: start + step, end: end + step });
}

function split(row, before) {
  if (before.days.length < 2) return row;
  const own = addRow();
  for (const name of ["slot_minutes", "valid_from", "valid_until"]) part(own, name).value = part(row, name).value;
  write(own, { days: [chosen.day], start: before.start, end: before.end, places: before.places });
  write(row, { days: before.days.filter((day) => day !== chosen.day) });
  chosen = { row: rows().indexOf(own), day: chosen.day };
  return own;
}

function toDay(row, before, day) {
  if (day < 0 || day > 6) return;
  const own = split(row, before);
  write(own, { days: [day] });
  chosen = { ...chosen, day };
}

function drop(row, { days }) {
  const left = days.filter((day) => day !== chosen.day);
  if (left.length) write(row, { days: left });
  else row.querySelector("[data-gone]").checked = true;
  chosen = null;
}

const ACTS = {
  fewer: (row, { places }) => write(row, { places: Math.max(1, places - 1) }),
  more: (row, { places }) => write(row, { places: places + 1 }),
  split,
  drop,
};

tools.addEventListener("click", (event) => {
  const act = event.target.closest("[data-do]")?.dataset.do;
  if (act === "undo") undo();
  else if (act) {
    change(ACTS[act], act === "drop");
  }
});

board.addEventListener("keydown", (event) => {
  const block = event.target.closest(".board-block");
  if (!block) return;
  const keys = { ArrowUp: -STEP, ArrowDown: STEP, ArrowLeft: -1, ArrowRight: 1 };
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    change(drop);
  } else if (event.key in keys) {
    event.preventDefault();
    const by = keys[event.key];
    if (Math.abs(by) === 1) change((row, before) => toDay(row, before, chosen.day + by));
    else if (event.shiftKey) change((row, { start, end }) => write(row, { end: Math.max(start + STEP, Math.min(LAST, end + by)) }));
    else change((row, before) => shift(row, before, by));
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey && !typing && past.length) {
    event.preventDefault();
    undo();
  }
});

board.addEventListener("focusin", (event) => {
  const block = event.target.closest(".board-block");
  if (!block) return;
  const [row, day] = [Number(block.dataset.row), Number(block.dataset.column)];
  if (!chosen || chosen.row !== row || chosen.day !== day) {
    chosen = { row, day };
    draw(true);
  }
});

// Dragging

function spot(event) {
  const box = board.getBoundingClientRect();
  const minute = span.first * 60 + ((event.clientY - box.top - HEAD) * 60) / HOUR;
  const day = Math.floor((7 * (event.clientX - box.left)) / box.width);
  return { minute, day: Math.max(0, Math.min(6, day)) };
}

function snapped(minute) {
  return Math.round(minute / STEP) * STEP;
}

function follow(move, end) {
  const stop = (event) => {
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", stop);
    document.removeEventListener("pointercancel", stop);
    end(event);
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", stop);
  document.addEventListener("pointercancel", stop);
}

board.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  const block = event.target.closest(".board-block");
  if (block) drag(event, block);
  else if (event.pointerType === "mouse" && event.clientY > board.getBoundingClientRect().top + HEAD) drawNew(event);
});

function drag(event, block) {
  const resizing = block.getBoundingClientRect().bottom - event.clientY < EDGE;
  choose(Number(block.dataset.row), Number(block.dataset.column));
  const row = rows()[chosen.row];
  const before = read(row);
  const from = spot(event);
  let moved = false;
  const move = (now) => {
    const to = spot(now);
    const by = snapped(to.minute - from.minute);
    const day = before.days.length === 1 && !resizing ? to.day : chosen.day;
    if (!moved && !by && day === chosen.day) return;
    if (!moved) remember();
    moved = true;
    if (resizing) write(row, { end: Math.max(before.start + STEP, Math.min(LAST, before.end + by)) });
    else shift(row, before, by);
    if (before.days.length === 1) {
      write(row, { days: [day] });
      chosen = { ...chosen, day };
    }
    draw(true);
    blocks.get(`${chosen.row}-${chosen.day}`)?.classList.add("moving");
  };
  follow(move, () => {
    board.querySelectorAll(".moving").forEach((each) => each.classList.remove("moving"));
    draw();
    focusChosen();
  });
}

function drawNew(event) {
  const from = spot(event);
  const first = Math.floor(from.minute / STEP) * STEP;
  const ghost = document.createElement("div");
  ghost.className = "board-ghost";
  let last = first;
  const move = (now) => {
    last = Math.max(first, Math.min(LAST, snapped(spot(now).minute)));
    ghost.style.left = `calc(${(100 * from.day) / 7}% + 1px)`;
    ghost.style.width = `calc(${100 / 7}% - 3px)`;
    ghost.style.top = `${HEAD + ((first - span.first * 60) * HOUR) / 60}px`;
    ghost.style.height = `${((last - first) * HOUR) / 60}px`;
    if (!ghost.isConnected) board.append(ghost);
  };
  follow(move, () => {
    ghost.remove();
    if (last - first < STEP) return;
    remember();
    const row = addRow();
    const like = shown()[0];
    if (like) for (const name of ["slot_minutes", "places"]) part(row, name).value = part(like.row, name).value;
    write(row, { days: [from.day], start: first, end: last });
    choose(rows().indexOf(row), from.day);
  });
}

// Beginning

function begin() {
  for (const row of rows()) if (row.dataset.spare !== undefined && rows().length > 1) row.hidden = true;
  changed = findAgain(form, addRow);
  for (const row of rows()) if (part(row, "start").value) row.hidden = false;
  const add = form.querySelector("[data-add]");
  add.hidden = false;
  add.addEventListener("click", () => part(addRow(), "start").focus());
  picture.querySelector(".week-shown").hidden = true;
  board.hidden = false;
  const narrow = matchMedia("(max-width: 47.99rem)"); // too narrow for a finger: there it is only looked at
  const fit = () => (board.inert = narrow.matches);
  narrow.addEventListener("change", fit);
  fit();
  tools.hidden = false;
  picture.querySelector("[data-hint]").hidden = false;
  rowsBox.addEventListener("input", (event) => {
    if (event.target !== typedIn) remember(present);
    typedIn = event.target;
    draw();
  });
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => {
    changed = false;
    keep(form);
  });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  draw();
}

begin();
