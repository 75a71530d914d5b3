// Under pressure: finds the number below `most` whose fingerprint is asked for, tells how far it is, and sends the request.
// SHA-256 is written out here because the browser's own exists over https only, and answers too slowly one by one.

const SLICE = 25; // ms at a time, so that the page stays alive
const SAYS = 3000; // ms between two sentences for those who listen

const box = document.querySelector("[data-effort]");
const form = document.querySelector("#step");
const button = form.querySelector("button.button");
const bar = box.querySelector("[data-effort-progress]");
const news = box.querySelector("[data-effort-news]");
const { token, salt, target, most } = box.dataset;

const K = new Int32Array(64);
const START = new Int32Array(8);
const wanted = Int32Array.from(target.match(/.{8}/g), (word) => parseInt(word, 16) | 0);
const words = new Int32Array(64);
const block = new Uint8Array(64);

// The constants of the standard: fractions of the roots of the first primes.
const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
for (let prime = 2, found = 0; found < 64; prime++) {
  let divisor = 2;
  while (divisor * divisor <= prime && prime % divisor) divisor++;
  if (divisor * divisor <= prime) continue;
  if (found < 8) START[found] = fraction(Math.sqrt(prime));
  K[found++] = fraction(Math.cbrt(prime));
}

/** Whether the fingerprint of `salt:number` is the one asked for; both fit one block of 64 bytes. */
function fits(number) {
  const text = `${salt}:${number}`;
  block.fill(0);
  for (let at = 0; at < text.length; at++) block[at] = text.charCodeAt(at);
  block[text.length] = 0x80;
  block[62] = (text.length * 8) >> 8;
  block[63] = text.length * 8;
  for (let at = 0; at < 16; at++) {
    words[at] = (block[at * 4] << 24) | (block[at * 4 + 1] << 16) | (block[at * 4 + 2] << 8) | block[at * 4 + 3];
  }
  for (let at = 16; at < 64; at++) {
    const one = words[at - 15], two = words[at - 2];
    const s0 = ((one >>> 7) | (one << 25)) ^ ((one >>> 18) | (one << 14)) ^ (one >>> 3);
    const s1 = ((two >>> 17) | (two << 15)) ^ ((two >>> 19) | (two << 13)) ^ (two >>> 10);
    words[at] = (words[at - 16] + s0 + words[at - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[at] + words[at]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  return ((a + START[0]) | 0) === wanted[0] && ((b + START[1]) | 0) === wanted[1] && ((h + START[7]) | 0) === wanted[7];
}

const rest = () => new Promise((resolve) => { setTimeout(resolve); });

async function solve() {
  let said = performance.now();
  for (let number = 0; number < most;) {
    const until = performance.now() + SLICE;
    while (performance.now() < until && number < most) {
      for (let some = 0; some < 100 && number < most; some++, number++) if (fits(number)) return number;
    }
    bar.value = Math.floor((number / most) * 100);
    if (performance.now() - said > SAYS) {
      said = performance.now();
      news.textContent = box.getAttribute("data-news-working").replace("{percent}", bar.value);
    }
    await rest();
  }
  throw new Error("no number fits");
}

// Sent too soon, the request would only be asked for the same once more.
form.addEventListener("submit", (event) => {
  if (!form.elements.proof.value) event.preventDefault();
});

bar.hidden = false;
box.focus();
const number = await solve();
bar.value = 100;
news.textContent = box.getAttribute("data-news-done");
form.elements.proof.value = `${token}:${number}`;
form.requestSubmit(button);
