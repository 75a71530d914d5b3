// Choosing shows at once, and what is shown is copied with a press.

const chooser = document.querySelector("[data-chooser]");
chooser.querySelector("[data-chooser-button]").hidden = true;
chooser.addEventListener("change", () => chooser.requestSubmit());

const news = document.querySelector("[data-news]");
const SHOWN = 2000; // ms

for (const part of document.querySelectorAll("[data-copy]")) {
  const text = part.querySelector(".code");
  const button = part.querySelector("[data-copy-button]");
  const words = button.textContent;
  text.addEventListener("focus", () => text.select());
  if (!navigator.clipboard) continue; // only behind TLS; one can still select
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    button.textContent = news.dataset.words;
    news.textContent = news.dataset.words;
    setTimeout(() => { button.textContent = words; news.textContent = ""; }, SHOWN);
  });
}
