// The transcript of a part: follows the video, leads to every second of it, and can be searched.
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const AHEAD = 200; // milliseconds: a sentence is lit a moment before it is said

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

class Transcript {
  constructor(section) {
    this.section = section;
    this.panel = section.querySelector("[data-transcript-scroll]");
    this.follow = section.querySelector("[data-transcript-follow]");
    this.said = null;
    this.read();
    this.useReading();
    this.useFinding();
    this.useLanguages();
    if (this.video) this.useVideo();
    else this.follow.hidden = true;
  }

  // The player may be put in place after us, and again: ask each time.
  get video() {
    return document.querySelector("[data-player] video");
  }

  get following() {
    return this.follow.getAttribute("aria-pressed") === "true";
  }

  set following(on) {
    this.follow.setAttribute("aria-pressed", String(on));
  }

  read() {
    this.cues = [...this.panel.querySelectorAll("[data-start]")];
    this.starts = this.cues.map((cue) => Number(cue.dataset.start));
    this.found = [];
    this.here = -1;
  }

  // Following -----------------------------------------------------------------------------------------------------

  useVideo() {
    const video = this.video;
    this.section.classList.add("transcript-live");
    this.following = !CALM.matches;
    for (const name of ["timeupdate", "seeking"]) video.addEventListener(name, () => this.show(video.currentTime));
    this.panel.addEventListener("click", (event) => this.seek(event));
    this.follow.addEventListener("click", () => {
      this.following = !this.following;
      if (this.following && this.said) this.bring(this.said);
    });
    // Whoever scrolls wants to read: the panel stays where it is until it is asked to follow again.
    for (const name of ["wheel", "touchmove"]) {
      this.panel.addEventListener(name, () => { this.following = false; }, { passive: true });
    }
    this.panel.addEventListener("keydown", (event) => {
      if (/^(Arrow(Up|Down)|Page(Up|Down)|Home|End| )$/.test(event.key)) this.following = false;
    });
    this.panel.addEventListener("pointerdown", (event) => {
      if (event.target === this.panel) this.following = false; // its scroll bar
    });
  }

  show(seconds) {
    const now = seconds * 1000 + AHEAD;
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= now) low = middle + 1;
      else high = middle;
    }
    const said = this.cues[low - 1] ?? null;
    if (said === this.said) return;
    this.said?.classList.remove("is-said");
    this.said?.removeAttribute("aria-current");
    said?.classList.add("is-said");
    said?.setAttribute("aria-current", "true");
    this.said = said;
    if (said && this.following) this.bring(said);
  }

  // Scrolls the panel alone, and only when the sentence has left its comfortable middle.
  bring(cue) {
    const panel = this.panel.getBoundingClientRect();
    const place = cue.getBoundingClientRect();
    const below = (place.top - panel.top) / panel.height;
    if (this.panel.scrollHeight <= this.panel.clientHeight || (below > 0.1 && below < 0.65)) return;
    const top = this.panel.scrollTop + place.top - panel.top - panel.height / 3;
    this.panel.scrollTo({ top, behavior: CALM.matches ? "auto" : "smooth" });
  }

  seek(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a.transcript-time");
    const cue = link ? link.parentElement.querySelector("[data-start]") : event.target.closest("[data-start]");
    if (!cue || (!link && !getSelection().isCollapsed)) return;
    event.preventDefault();
    const seconds = Number(cue.dataset.start) / 1000;
    const address = new URL(location.href);
    address.searchParams.set("t", String(Math.floor(seconds)));
    history.replaceState(null, "", address);
    this.video.dispatchEvent(new CustomEvent("player:go", { detail: seconds }));
    this.following = !CALM.matches;
    this.show(seconds);
  }

  // Reading --------------------------------------------------------------------------------------------------------

  useReading() {
    const button = this.section.querySelector("[data-transcript-wide]");
    const grid = this.section.closest(".player-grid");
    this.section.querySelector("[data-transcript-foot]").hidden = false;
    button.hidden = !grid;
    button.addEventListener("click", () => {
      const wide = grid.classList.toggle("player-reading");
      button.setAttribute("aria-pressed", String(wide));
      if (wide) this.section.scrollIntoView({ block: "start", behavior: CALM.matches ? "auto" : "smooth" });
      else if (this.said) this.bring(this.said);
    });
  }

  // Finding --------------------------------------------------------------------------------------------------------

  useFinding() {
    this.form = this.section.querySelector("[data-transcript-find]");
    this.status = this.form.querySelector("[role=status]");
    const field = this.form.querySelector("input");
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => event.preventDefault());
    field.addEventListener("input", () => this.find(field.value));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.step(event.shiftKey ? -1 : 1);
      if (event.key === "Escape") this.find((field.value = ""));
    });
    for (const button of this.form.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => this.step(Number(button.dataset.step)));
    }
  }

  find(words) {
    const wanted = fold(words).trim().split(/\s+/).filter(Boolean);
    for (const cue of this.found) cue.classList.remove("is-found", "is-here");
    this.found = wanted.length ? this.cues.filter((cue) => {
      const text = fold(cue.textContent);
      return wanted.every((word) => text.includes(word));
    }) : [];
    for (const cue of this.found) cue.classList.add("is-found");
    this.here = -1;
    for (const button of this.form.querySelectorAll("[data-step]")) button.disabled = !this.found.length;
    if (this.found.length) this.step(1);
    else this.status.textContent = wanted.length ? this.status.dataset.none : "";
  }

  step(by) {
    const count = this.found.length;
    if (!count) return;
    this.found[this.here]?.classList.remove("is-here");
    this.here = (this.here + by + count) % count;
    this.found[this.here].classList.add("is-here");
    this.following = false;
    this.bring(this.found[this.here]);
    const { here } = this.status.dataset;
    this.status.textContent = here.replace("{here}", this.here + 1).replace("{count}", count);
  }

  // Languages ------------------------------------------------------------------------------------------------------

  useLanguages() {
    this.section.addEventListener("click", async (event) => {
      const link = event.target.closest("[data-transcript-languages] a");
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      try {
        await this.change(link);
      } catch {
        location.assign(link.href); // the page itself can show it, too
      }
    });
  }

  async change(link) {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-transcript-scroll]");
    const list = page.querySelector("[data-transcript-languages]");
    if (!answer.ok || !fresh || !list) throw new Error("no transcript");
    this.panel.lang = fresh.lang;
    this.panel.replaceChildren(...fresh.childNodes);
    const languages = this.section.querySelector("[data-transcript-languages]");
    languages.replaceChildren(...list.childNodes);
    languages.querySelector("[aria-current]")?.focus();
    this.said = null;
    this.read();
    this.find(this.form.querySelector("input").value);
    if (!this.video) return;
    this.showCaptions(fresh.lang);
    this.show(this.video.currentTime);
  }

  // Who sees captions sees them in the language of the transcript.
  showCaptions(language) {
    const tracks = [...this.video.textTracks].filter((track) => track.kind === "captions");
    if (!tracks.some((track) => track.mode === "showing")) return;
    for (const track of tracks) track.mode = track.language === language ? "showing" : "disabled";
  }
}

for (const section of document.querySelectorAll("[data-transcript]")) new Transcript(section);
