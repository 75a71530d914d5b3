// Sends photos: two at a time, again after a lost connection, each at most once for the server.

import { shrink } from "./shrink.js";

const PARALLEL = 2;
const PAUSES = [2, 5, 10, 20, 40, 60]; // seconds before each further try
const LONGEST_PAUSE = 60; // whatever a busy server asks for

export class Sender {
  /** What has more than `largest` bytes is not sent; `changed` is called after each change of a job's state. */
  constructor(url, largest, changed) {
    this.url = url;
    this.largest = largest;
    this.changed = changed;
    this.jobs = new Set();
    addEventListener("online", () => this.of("resting").forEach((job) => this.retry(job)));
  }

  /** A job for one file; `shot` is told what happens: preparing, sending, resting, failed, added. */
  add(file, label, shot) {
    const job = { file, label, shot, key: randomKey(), state: "waiting", tries: 0 };
    this.jobs.add(job);
    this.#fill();
    return job;
  }

  of(...states) {
    return [...this.jobs].filter((job) => states.includes(job.state));
  }

  get busy() {
    return this.of("waiting", "running", "resting").length > 0;
  }

  retry(job) {
    clearTimeout(job.timer);
    job.state = "waiting";
    job.shot.waiting();
    this.#fill();
  }

  /** Forgets a job. What is wholly on its way cannot be called back: its answer is awaited and then removed. */
  cancel(job) {
    clearTimeout(job.timer);
    job.gone = true;
    if (job.state === "running" && job.uploaded) return; // and holds "Continue" up till then, or the photo would stay
    this.jobs.delete(job);
    if (job.request) job.request.abort();
    this.#fill();
  }

  #fill() {
    for (const job of this.of("waiting").slice(0, PARALLEL - this.of("running").length)) this.#run(job);
    this.changed();
  }

  async #run(job) {
    job.state = "running";
    if (!job.made) {
      job.shot.preparing();
      job.made = await shrink(job.file);
      if (job.gone) return;
      job.shot.preview(job.made.preview);
    }
    if (job.made.blob.size > this.largest) {
      job.state = "failed";
      job.shot.tooLarge();
      this.#fill();
      return;
    }
    const answer = await this.#post(job);
    if (job.gone) {
      if (answer.status === 201) await removePhoto(answer.body.remove_url);
      this.jobs.delete(job);
      this.#fill();
      return;
    }
    this.#settle(job, answer);
    this.#fill();
  }

  #settle(job, { status, body, after }) {
    if (status === 201) {
      this.jobs.delete(job);
      job.shot.added(body);
    } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      job.state = "failed";
      job.shot.failed(body);
    } else if (job.tries < PAUSES.length) {
      job.state = "resting";
      const pause = Math.max(PAUSES[job.tries++], Math.min(after, LONGEST_PAUSE));
      job.timer = setTimeout(() => this.retry(job), pause * 1000);
      job.shot.resting(body);
    } else {
      job.state = "failed";
      job.tries = 0;
      job.shot.failed({});
    }
  }

  #post(job) {
    const form = new FormData();
    form.append("label", job.label);
    form.append("key", job.key);
    form.append("photo", job.made.blob, job.made.name);
    const request = new XMLHttpRequest(); // fetch cannot report the progress of an upload
    job.request = request;
    job.uploaded = false;
    job.shot.sending(0);
    return new Promise((resolve) => {
      request.upload.onprogress = (event) => job.shot.sending(event.total ? event.loaded / event.total : 0);
      request.upload.onload = () => { job.uploaded = true; };
      request.onloadend = () => resolve({
        status: request.status,
        body: request.response || {},
        after: Number(request.getResponseHeader("Retry-After")) || 0,
      });
      request.open("POST", this.url);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.send(form);
    });
  }
}

/** Whether the photo behind `url` is off the server. */
export async function removePhoto(url) {
  try {
    const response = await fetch(url, { method: "POST", headers: { Accept: "application/json" } });
    return response.ok || response.status === 404;
  } catch {
    return false;
  }
}

function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
