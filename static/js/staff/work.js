// The list of photos is put in order by buttons; without scripts each has a number to choose.

const list = document.querySelector("[data-kinds]");
const news = document.querySelector("[data-news]");

function number() {
  [...list.children].forEach((kind, index, every) => {
    kind.querySelector("[data-place] select").value = String(index + 1);
    kind.querySelector('[data-move="-1"]').disabled = index === 0;
    kind.querySelector('[data-move="1"]').disabled = index === every.length - 1;
  });
}

function move(kind, step) {
  if (step < 0) kind.previousElementSibling.before(kind);
  else kind.nextElementSibling.after(kind);
  number();
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  const kind = button.closest("[data-kind]");
  move(kind, Number(button.dataset.move));
  (button.disabled ? kind.querySelector("[data-move]:not(:disabled)") : button).focus();
  news.textContent = news.dataset.words.replace("{place}", [...list.children].indexOf(kind) + 1);
});

for (const kind of list.children) {
  kind.querySelector("[data-moves]").hidden = false;
  kind.querySelector("[data-place]").hidden = true;
}
number();
