// The phone beside the form follows what is typed. Nothing is saved; without scripts there is a button.

const form = document.querySelector("[data-looks]");
const phone = document.querySelector("[data-preview]");
const tones = document.querySelector("[data-tones]");
const picker = document.querySelector("[data-picker]");
const accent = form.elements.accent;
const PAUSE = 250; // ms without a key before the phone follows
const COLOUR = /^#[0-9a-f]{6}$/;

let waiting = 0;
let latest = 0;

function colour() {
  const typed = (accent.value.trim() || accent.placeholder).toLowerCase();
  return typed.startsWith("#") ? typed : `#${typed}`;
}

async function follow() {
  const turn = ++latest;
  const [page, fits] = await Promise.all([
    fetch(form.dataset.previewUrl, { method: "POST", body: new FormData(form) }),
    COLOUR.test(colour()) ? fetch(`${form.dataset.tonesUrl}?accent=${encodeURIComponent(colour())}`) : null,
  ]);
  if (page.ok) {
    const words = await page.text();
    if (turn === latest) show(new DOMParser().parseFromString(words, "text/html"));
  }
  if (fits?.ok) {
    const words = await fits.text();
    if (turn === latest) tones.innerHTML = words;
  }
}

function quietly() {
  follow().catch(() => {}); // offline: the next key tries again
}

/** Into the page that is there, so that it neither flickers nor loses its place nor adds to the history. */
function show(fresh) {
  const page = phone.contentDocument;
  if (!page?.body) return;
  const looks = 'link[href*="preview.css"]';
  page.querySelector(looks)?.setAttribute("href", fresh.querySelector(looks).getAttribute("href"));
  page.body.replaceWith(page.adoptNode(fresh.body));
}

form.addEventListener("input", (event) => {
  if (event.target === picker) accent.value = picker.value;
  else if (event.target === accent && COLOUR.test(colour())) picker.value = colour();
  clearTimeout(waiting);
  waiting = setTimeout(quietly, PAUSE);
});

// A page that came back with what was typed shows that in the phone, too.
if (document.querySelector("[data-error-summary]")) {
  if (phone.contentDocument?.querySelector("main")) quietly();
  else phone.addEventListener("load", quietly, { once: true });
}

picker.hidden = false;
if (COLOUR.test(colour())) picker.value = colour();
document.querySelector("[data-preview-button]").hidden = true;
