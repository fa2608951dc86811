// Where the picture and the sound come from: hls.js, the browser's own HLS, the MP4 file, or the sound alone.
// Nothing of it is asked for until somebody wants to see: a page that is only read stays light.
import { clamp, whenReady } from "./tools.js";

const HLS_TYPE = "application/vnd.apple.mpegurl";
// Addresses are asked for anew at most this often, in milliseconds: an answer that fails again is another trouble.
const PATIENCE = 20_000;

// Safari's own player follows its system (AirPlay, picture in picture, power); everywhere else hls.js offers the rungs.
const prefersOwnHls = (video) => video.canPlayType(HLS_TYPE) !== "" && "webkitShowPlaybackTargetPicker" in video;

export class Source {
  constructor(player) {
    this.player = player;
    this.video = player.video;
    this.hls = null;
    this.soundOnly = false;
    this.refreshedAt = -Infinity;
    this.read(player.root);
  }

  // The addresses in a page's player; on restricted pages they are signed and end.
  read(root) {
    const address = (type) => root.querySelector(`source[type="${type}"]`)?.getAttribute("src").split("#")[0] ?? "";
    this.addresses = { hls: address(HLS_TYPE), mp4: address("video/mp4"), audio: root.dataset.audio };
  }

  begin() {
    const { root } = this.player;
    this.video.addEventListener("error", () => this.recover());
    // A source that fails says so at its own element; the last one of them leaves nothing to try.
    this.video.querySelector("source:last-of-type")?.addEventListener("error", () => this.recover());
    // Also when something else than our bar has begun it: a key of the keyboard, a headset.
    this.video.addEventListener("play", () => this.wake());
    // Whoever comes near may be about to press play: what plays is fetched, what is played is not.
    for (const event of ["pointerenter", "focusin"]) root.addEventListener(event, () => this.fetchHls(), { once: true });
  }

  // Resolves to hls.js, or to nothing where the browser needs none or cannot have it.
  fetchHls() {
    const { hlsModule } = this.player.root.dataset;
    if (!hlsModule || !this.addresses.hls || prefersOwnHls(this.video)) return null;
    this.fetching ??= import(hlsModule).then(({ default: Hls }) => Hls.isSupported() && Hls, () => null);
    return this.fetching;
  }

  // Asks for the film, once. What is returned has to be waited for; without it the browser's own player has begun.
  wake() {
    if (this.waking !== undefined) return this.waking;
    const begin = (Hls) => {
      this.waking = null;
      if (Hls && !this.soundOnly) this.attach(Hls);
      this.video.preload = "auto";
      return null;
    };
    this.waking = this.fetchHls()?.then(begin) ?? begin();
    return this.waking;
  }

  // Begins within the gesture that wants it, where nothing has to be waited for: some browsers insist on that.
  async play() {
    this.player.root.classList.toggle("is-waiting", !this.video.readyState);
    const waking = this.wake();
    if (waking) await waking;
    await this.video.play().catch(() => this.player.root.classList.remove("is-waiting"));
  }

  attach(Hls, begun = this.present()) {
    const { video } = this;
    const hls = new Hls({ startPosition: begun.at || -1, capLevelToPlayerSize: true });
    this.hls = hls;
    this.Hls = Hls;
    hls.on(Hls.Events.ERROR, (_event, problem) => { if (problem.fatal) this.recover(problem); });
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      video.dataset.playing = "hls";
      video.playbackRate = begun.rate;
      this.say("levels", hls.levels.map((level) => Math.min(level.width, level.height)));
      if (begun.playing) this.play();
    });
    hls.on(Hls.Events.LEVEL_SWITCHED, (_event, { level }) => this.say("level", level));
    hls.loadSource(this.addresses.hls);
    hls.attachMedia(video);
  }

  // Before anything is loaded, the second is where it is to begin.
  present() {
    const { video } = this;
    return { at: video.currentTime, playing: !video.paused, rate: video.playbackRate };
  }

  say(name, detail) {
    this.video.dispatchEvent(new CustomEvent(`player:${name}`, { detail }));
  }

  // -1: chosen by the connection.
  chooseLevel(level) {
    if (this.hls) this.hls.nextLevel = level;
  }

  detach() {
    this.hls?.destroy();
    this.hls = null;
    delete this.video.dataset.playing;
    this.say("levels", []);
  }

  // The same second, speed and will to play, from another address.
  goOnFrom(address) {
    const { video } = this;
    const was = this.failed ?? this.present();
    this.detach();
    video.src = address;
    video.load();
    whenReady(video, () => {
      video.currentTime = clamp(was.at, 0, this.player.length());
      video.playbackRate = was.rate;
      if (was.playing) this.play();
    });
  }

  async setSoundOnly(on) {
    this.soundOnly = on;
    const { video } = this;
    if (on) {
      video.preload = "auto";
      this.waking ??= null;
      this.goOnFrom(this.addresses.audio);
      video.dataset.playing = "sound";
      return;
    }
    const Hls = await this.fetchHls();
    if (this.soundOnly) return;
    if (Hls) this.attach(Hls);
    else this.goOnFrom(prefersOwnHls(video) ? this.addresses.hls : this.addresses.mp4);
  }

  // Whatever goes wrong: new addresses if these may have ended, then the plain file, then words.
  async recover(problem) {
    if (this.recovering) return;
    this.recovering = true;
    this.failed = this.present();
    try {
      if (await this.refresh()) this.again();
      else if (this.trouble) this.player.showTrouble(this.trouble);
      else if (problem && !this.soundOnly) this.goOnFrom(this.addresses.mp4);
      else this.player.showTrouble("lost");
    } finally {
      this.recovering = false;
      this.failed = null;
    }
  }

  again() {
    if (this.soundOnly) {
      this.goOnFrom(this.addresses.audio);
      this.video.dataset.playing = "sound";
    } else if (this.Hls && this.addresses.hls) {
      const was = this.failed ?? this.present();
      this.hls?.destroy();
      this.attach(this.Hls, was);
    } else {
      this.goOnFrom(this.addresses.mp4);
    }
  }

  // Asks the page for its present addresses. True if they are others than before; `trouble` says why there are none.
  async refresh() {
    this.trouble = "";
    const now = performance.now();
    if (now - this.refreshedAt < PATIENCE) return false;
    this.refreshedAt = now;
    let answer;
    try {
      answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    } catch {
      this.trouble = "lost";
      return false;
    }
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    const root = page.querySelector(`[data-player][data-part="${this.player.part}"]`);
    if (!root) {
      this.trouble = answer.redirected || answer.status === 403 ? "signedOut" : "lost";
      return false;
    }
    const before = JSON.stringify(this.addresses);
    this.read(root);
    this.renew(root);
    return JSON.stringify(this.addresses) !== before;
  }

  // Stills and captions have addresses that end, too.
  renew(root) {
    const { player, video } = this;
    player.root.dataset.storyboard = root.dataset.storyboard;
    const poster = root.querySelector("video").getAttribute("poster");
    if (poster) video.poster = poster;
    const tracks = root.querySelectorAll("track");
    for (const [place, track] of video.querySelectorAll("track").entries()) {
      if (tracks[place] && track.readyState === 3) track.src = tracks[place].getAttribute("src");
    }
  }
}
