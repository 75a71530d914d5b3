// Comforts of the pages of a case: tapping the drawing, arrow keys between photos, the chosen day in view.

const zones = document.querySelector("[data-zones]");
if (zones) {
  const boxOf = (name) => zones.querySelector(`input[value="${name}"]`);
  const show = (zone) => zone.classList.toggle("hit", boxOf(zone.dataset.zone).checked);
  zones.classList.add("live");
  for (const hint of document.querySelectorAll("[data-with-script]")) hint.hidden = false;
  for (const zone of zones.querySelectorAll("[data-zone]")) {
    zone.addEventListener("click", () => {
      const box = boxOf(zone.dataset.zone);
      box.checked = !box.checked;
      show(zone);
    });
    show(zone);
  }
  zones.addEventListener("change", (event) => {
    const zone = zones.querySelector(`[data-zone="${event.target.value}"]`);
    if (zone) show(zone);
  });
}

const ways = document.querySelector("[data-photo-ways]");
const KEYS = { ArrowLeft: "prev", ArrowRight: "next", Escape: "up" };
if (ways) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = KEYS[event.key] && ways.querySelector(`[rel="${KEYS[event.key]}"]`);
    if (way) way.click();
  });
}

const shown = document.querySelector(".strip [aria-current]");
if (shown) {
  const strip = shown.closest(".strip");
  strip.scrollLeft += shown.getBoundingClientRect().left - strip.getBoundingClientRect().left - strip.clientWidth / 3;
}
