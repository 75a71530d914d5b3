// One photo on the page: its picture, how far it is, and its buttons.

export class Shot {
  /** `words` are the texts of the page in its language; `say` announces a sentence. */
  constructor(template, words, name, say) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.words = words;
    this.name = name;
    this.say = say;
    this.progress = this.element.querySelector("progress");
    this.retryButton = this.element.querySelector(".retry");
    this.removeButton = this.element.querySelector(".remove");
    this.element.querySelector(".shot-name").textContent = name;
    this.progress.setAttribute("aria-label", this.sentence("labelProgress"));
    this.retryButton.setAttribute("aria-label", this.sentence("labelRetry"));
    this.removeButton.setAttribute("aria-label", this.sentence("labelCancel"));
    this.waiting();
  }

  sentence(key) {
    return this.words[key].replace("{name}", this.name);
  }

  waiting() {
    this.#state(this.words.waiting);
  }

  preparing() {
    this.#state(this.words.preparing);
  }

  preview(canvas) {
    if (!canvas) return;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", this.name);
    this.#frame(canvas);
  }

  /** `part` is between 0 and 1. */
  sending(part) {
    this.progress.value = Math.round(part * 100);
    this.#state(this.words.sending);
  }

  /** Waiting for a further try, because of what the portal said or of the connection. */
  resting({ error, named }) {
    const sentence = error || this.words.cut;
    this.#state(sentence, { failed: true, again: true, named });
    this.say(sentence);
  }

  /** What the portal said was wrong, in a sentence that names the photo or not; nothing if a further try may help. */
  failed({ error, named }) {
    const sentence = error || this.words.failed;
    this.#state(sentence, { failed: true, again: !error, named });
    this.removeButton.setAttribute("aria-label", this.sentence("labelRemove"));
    this.say(sentence);
  }

  tooLarge() {
    this.failed({ error: this.sentence("tooLarge"), named: true });
  }

  added(photo) {
    this.element.dataset.uid = photo.uid;
    this.removeButton.formAction = photo.remove_url;
    this.removeButton.setAttribute("aria-label", this.sentence("labelRemove"));
    this.progress.remove();
    this.element.querySelector(".shot-words").remove();
    this.retryButton.remove();
    this.element.classList.remove("shot-failed");
    if (photo.thumb_url && !this.element.querySelector("canvas")) this.#thumb(photo.thumb_url);
    this.say(this.sentence("newsAdded"));
  }

  #thumb(url) {
    const image = new Image();
    image.alt = this.name;
    image.onload = () => this.#frame(image);
    image.src = url;
  }

  #frame(picture) {
    this.element.querySelector(".frame").replaceChildren(picture);
  }

  #state(text, { failed = false, again = false, named = false } = {}) {
    this.element.querySelector(".shot-state").textContent = text;
    this.element.querySelector(".shot-name").hidden = named;
    this.element.classList.toggle("shot-failed", failed);
    this.retryButton.hidden = !again;
  }
}
