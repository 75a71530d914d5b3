// Small comforts of every page of the desk. Everything works without them.

const search = document.querySelector("[data-search-all]");

// On a phone the rooms are one line, and so may the tabs be: the one we are in is in sight, and the one that keys are on.
for (const line of document.querySelectorAll(".rooms, .tabs")) {
  line.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  line.addEventListener("focusin", ({ target }) => {
    if (target.matches(":focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && search && !typing(event.target)) {
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
