// The strip of days: the chosen day in view, and buttons for people without a touch screen.

const strip = document.querySelector("[data-strip]");
const buttons = document.querySelector("[data-strip-buttons]");
const [earlier, later] = buttons.querySelectorAll("button");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const chosen = strip.querySelector("[aria-current]");
if (chosen) {
  const space = (strip.clientWidth - chosen.offsetWidth) / 2;
  strip.scrollLeft += chosen.getBoundingClientRect().left - strip.getBoundingClientRect().left - space;
}

function turn(direction) {
  strip.scrollBy({ left: direction * strip.clientWidth * 0.8, behavior: calm.matches ? "auto" : "smooth" });
}

function showEnds() {
  earlier.disabled = strip.scrollLeft < 2;
  later.disabled = strip.scrollLeft + strip.clientWidth > strip.scrollWidth - 2;
}

earlier.addEventListener("click", () => turn(-1));
later.addEventListener("click", () => turn(1));
strip.addEventListener("scroll", showEnds, { passive: true });
buttons.hidden = false;
showEnds();
