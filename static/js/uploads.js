// "Upload videos" in the admin: several files, pause, resume, and going on after the window was closed.
// tus-js-client speaks with the server; this module shows what is true and says what to do.
const AT_ONCE = 2;
const PATIENCE = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000];
const ASK_EVERY = 1000;
const WINDOW = 15000; // milliseconds that the speed is measured over
const FINAL = [400, 403, 404, 410, 411, 412, 413, 415, 429, 507];

const root = document.querySelector("[data-uploads]");
const words = JSON.parse(document.getElementById("upload-words")?.textContent ?? "{}");
const config = JSON.parse(document.getElementById("wagtail-config")?.textContent ?? "{}");
const headers = { "X-Requested-With": "XMLHttpRequest" };
const find = (name, within = root) => within.querySelector(`[data-${name}]`);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const entries = new Set();

const bytes = (count) => {
  const units = ["B", "KB", "MB", "GB", "TB"];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(count || 1) / 10)));
  const value = count / 1024 ** step;
  const digits = step && value < 100 ? 1 : 0;
  return `${value.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${units[step]}`;
};

const duration = (seconds) => {
  if (seconds < 60) return fill(words.seconds, { count: Math.max(1, Math.round(seconds)) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return fill(words.minutes, { count: minutes });
  return fill(words.hours, { count: Math.floor(minutes / 60), minutes: minutes % 60 });
};

class Entry {
  constructor(file, element) {
    this.file = file;
    this.row = element ?? document.getElementById("upload-row").content.firstElementChild.cloneNode(true);
    this.url = this.row.dataset.url || null;
    this.phase = "waiting";
    this.samples = [];
    if (!element) {
      find("upload-title", this.row).textContent = file.name.replace(/\.[^.]+$/, "");
      find("upload-name", this.row).textContent = `${file.name} · ${bytes(file.size)}`;
      find("upload-bar", this.row).setAttribute("aria-label", file.name);
      find("uploads-list").prepend(this.row);
    }
    find("upload-discard", this.row)?.remove();
    find("upload-pause", this.row).addEventListener("click", () => this.pause());
    find("upload-continue", this.row).addEventListener("click", () => this.goOn());
    for (const name of ["cancel", "remove"]) find(`upload-${name}`, this.row).addEventListener("click", () => this.cancel());
    for (const button of this.row.querySelectorAll("button")) {
      button.setAttribute("aria-label", `${button.textContent.trim()}: ${file?.name ?? this.row.dataset.name}`);
    }
    find("uploads-section").hidden = false;
    entries.add(this);
  }

  show(phase, text) {
    this.phase = phase;
    this.row.className = `upload upload-${phase}`;
    this.row.dataset.state = phase;
    find("upload-words", this.row).textContent = text;
    const buttons = {
      waiting: ["cancel"],
      sending: ["pause", "cancel"],
      paused: ["continue", "cancel"],
      failed: ["continue", "cancel"],
      refused: ["remove"],
      done: ["remove"],
    };
    const wanted = buttons[phase] ?? [];
    const active = this.row.contains(document.activeElement) ? document.activeElement : null;
    for (const name of ["pause", "continue", "cancel", "remove"]) find(`upload-${name}`, this.row).hidden = !wanted.includes(name);
    if (active?.hidden && wanted.length) find(`upload-${wanted[0]}`, this.row).focus();
    find("upload-bar", this.row).hidden = ["refused", "done"].includes(phase);
  }

  isOf(file) {
    const same = ["name", "size", "lastModified"].every((key) => this.file?.[key] === file[key]);
    return same && !["done", "refused"].includes(this.phase);
  }

  get percent() {
    return Math.floor((100 * (this.sent ?? 0)) / this.file.size);
  }

  progress(sent) {
    if (this.phase !== "sending") return;
    this.sent = sent;
    const now = performance.now();
    this.samples.push([now, sent]);
    while (now - this.samples[0][0] > WINDOW) this.samples.shift();
    const [began, first] = this.samples[0];
    const speed = now - began > 3000 && sent > first ? ((sent - first) * 1000) / (now - began) : 0;
    const parts = [fill(words.sending, { sent: bytes(sent), total: bytes(this.file.size), percent: this.percent })];
    if (speed) parts.push(fill(words.left, { time: duration((this.file.size - sent) / speed) }));
    find("upload-words", this.row).textContent = parts.join(" · ");
    find("upload-bar", this.row).value = (100 * sent) / this.file.size;
  }

  async begin() {
    this.show("sending", fill(words.sending, { sent: bytes(this.sent ?? 0), total: bytes(this.file.size), percent: this.percent }));
    this.samples = [];
    if (!this.upload) {
      this.upload = new tus.Upload(this.file, this.options());
      if (!this.url) {
        const [before] = await this.upload.findPreviousUploads();
        if (before) this.upload.resumeFromPreviousUpload(before);
      }
    }
    this.upload.start();
  }

  options() {
    const metadata = { filename: this.file.name, fingerprint: String(this.file.lastModified) };
    if (root.dataset.replaces) metadata.replaces = root.dataset.replaces;
    else metadata.collection = find("uploads-collection")?.value ?? "";
    return {
      endpoint: root.dataset.endpoint,
      uploadUrl: this.url,
      chunkSize: Number(root.dataset.chunk),
      retryDelays: PATIENCE,
      removeFingerprintOnSuccess: true,
      headers,
      metadata,
      onBeforeRequest: (request) => request.setHeader(config.CSRF_HEADER_NAME, config.CSRF_TOKEN),
      onUploadUrlAvailable: () => (this.url = new URL(this.upload.url, location).pathname),
      onProgress: (sent) => this.progress(sent),
      onShouldRetry: (error) => this.mayRetry(error),
      onSuccess: () => this.settle(),
      onError: (error) => this.fail(error),
    };
  }

  mayRetry(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    if (FINAL.includes(status) || !navigator.onLine) return false;
    find("upload-words", this.row).textContent = words.retrying;
    return true;
  }

  fail(error) {
    const answer = error.originalResponse;
    const status = answer?.getStatus() ?? 0;
    const plain = answer?.getHeader("Content-Type")?.startsWith("text/plain");
    if (plain && FINAL.includes(status)) this.show([413, 403].includes(status) ? "refused" : "failed", answer.getBody());
    else if (status === 403) this.show("failed", words.signed_out);
    else if (!navigator.onLine) this.show("failed", words.offline);
    else this.show("failed", fill(words.failed, { reason: answer?.getBody() && plain ? answer.getBody() : words.unknown }));
    this.waitsForLine = !navigator.onLine;
    if (status === 410) this.upload = this.url = null;
    next();
  }

  pause() {
    this.upload?.abort();
    this.show("paused", fill(words.paused, { percent: this.percent }));
    next();
  }

  goOn() {
    this.waitsForLine = false;
    this.show("waiting", words.waiting);
    next();
  }

  async cancel() {
    const address = this.url;
    await this.upload?.abort();
    if (address) {
      const token = { [config.CSRF_HEADER_NAME]: config.CSRF_TOKEN, "Tus-Resumable": "1.0.0" };
      await fetch(address, { method: "DELETE", headers: { ...headers, ...token } }).catch(() => {});
    }
    entries.delete(this);
    this.row.remove();
    find("uploads-section").hidden = !find("uploads-list").children.length;
    document.getElementById("upload-files").focus();
    next();
  }

  // Everything has arrived: what the server makes of it is asked for until it is known.
  async settle() {
    this.show("checking", words.checking);
    find("upload-bar", this.row).value = 100;
    next();
    let state = {};
    do {
      try {
        const answer = await fetch(`${this.url}state/`, { headers });
        if (answer.status === 404) return;
        state = answer.ok ? await answer.json() : {};
      } catch {
        // The line is cut; what has arrived stays, and so does the question.
      }
      if (!["done", "refused"].includes(state.state)) await new Promise((go) => setTimeout(go, ASK_EVERY));
    } while (!["done", "refused"].includes(state.state));
    this.show(state.state, state.words);
    if (state.state === "done") this.link(state);
    tell();
  }

  // The video's own state follows, kept fresh by video-state.js.
  link(state) {
    const link = Object.assign(document.createElement("a"), { href: state.edit, textContent: state.title });
    find("upload-title", this.row).replaceChildren(link);
    const encode = document.createElement("span");
    Object.assign(encode.dataset, { videoState: state.video_state, videoStateField: "words", open: "true" });
    find("upload-words", this.row).append(" ", encode);
  }
}

const all = (phase) => [...entries].filter((entry) => entry.phase === phase);

const tell = () => {
  const done = all("done").length + all("refused").length;
  find("uploads-status").textContent = fill(words.summary, { done, count: entries.size });
};

const next = () => {
  for (const entry of all("waiting").slice(0, Math.max(0, AT_ONCE - all("sending").length))) entry.begin();
};

// An unfinished upload of the server's list that is of this very file.
const begun = (file) =>
  [...root.querySelectorAll('[data-upload][data-state="receiving"]')].find(
    ({ dataset }) =>
      dataset.name === file.name && Number(dataset.length) === file.size && dataset.fingerprint === String(file.lastModified),
  );

const add = (files) => {
  const list = [...files];
  const taken = root.dataset.replaces ? list.slice(0, 1) : list;
  find("uploads-message").textContent = list.length > taken.length ? fill(words.one_only, { name: list[0].name }) : "";
  for (const file of taken) {
    const here = [...entries].find((entry) => entry.isOf(file));
    if (here) {
      if (["paused", "failed"].includes(here.phase)) here.goOn();
      continue;
    }
    const entry = new Entry(file, begun(file));
    const limit = Number(root.dataset.max);
    if (!file.size) entry.show("refused", words.empty);
    else if (file.size > limit) entry.show("refused", fill(words.too_big, { size: bytes(file.size), limit: bytes(limit) }));
    else entry.show("waiting", words.waiting);
  }
  next();
};

const listen = () => {
  const zone = find("uploads-zone");
  const input = document.getElementById("upload-files");
  input.addEventListener("change", () => {
    add(input.files);
    input.value = "";
  });
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle("uploads-zone-over", zone.contains(event.target) && ["dragenter", "dragover"].includes(name));
    });
  }
  zone.addEventListener("drop", (event) => add(event.dataTransfer.files));
  window.addEventListener("online", () => [...entries].filter((entry) => entry.waitsForLine).forEach((entry) => entry.goOn()));
  window.addEventListener("beforeunload", (event) => {
    if (all("sending").length || all("waiting").length) event.preventDefault();
  });
  for (const row of root.querySelectorAll('[data-upload][data-state="checking"]')) new Entry(null, row).settle();
  find("uploads-door").hidden = false;
};

if (root && window.tus?.isSupported) listen();
