// What is really played, stretch by stretch: told to the server for who is signed in, kept in this browser for others.
import { remember, remembered } from "../progress-store.js";
import { useServer } from "./server.js";
import { union } from "./spans.js";
import { clamp } from "./tools.js";
import { Unsent } from "./unsent.js";

const EVERY = 10_000;
// Seconds that the film may be ahead of the clock before it must have jumped; shorter stretches are not told.
const JUMP = 1;
const LEAST = 0.05;
const [SLOWEST, FASTEST] = [0.5, 2];
const SECTION = "coverage";

const rounded = (seconds) => Math.round(seconds * 1000) / 1000;

// For who is signed in. Times are the server's, counted on by a clock that nobody sets.
const account = (player, known) => {
  const [began, readAt] = [Number(known.now), performance.now()];
  const unsent = new Unsent(player, known.session, known.send);
  const { video } = player;
  // What was measured last counts, on whichever device: so this is by the clock on the wall.
  const position = () =>
    player.hasPlayed && !video.seeking && video.readyState
      ? { seconds: rounded(video.currentTime), at: Math.round(Date.now() + player.offset) }
      : undefined;
  const told = (answer) => { if (answer) player.showPlayed(answer.spans, { enough: answer.enough }); };
  player.showPlayed(JSON.parse(known.spans));
  unsent.sendOthers().catch(() => {});
  return {
    take: ({ from, to, rate, wall }) => unsent.add({ from, to, rate, at: Math.round(began + wall - readAt) }),
    send: async (options) => {
      const answer = await unsent.send(position(), options);
      told(answer);
      if (answer !== undefined) player.showKept(answer !== null || unsent.isKept);
    },
  };
};

// For who is not: one row for each part, which an account takes over at sign-in.
const browser = (player) => {
  const row = () => remembered(SECTION).find(({ id }) => id === player.part);
  let unkept = []; // by a storage that is full or forbidden: it counts as long as the page is open
  const spans = () => union(row()?.spans ?? [], unkept);
  player.showPlayed(spans(), { here: true });
  return {
    take: ({ from, to, rate }) => {
      const at = row()?.at ?? Math.round(Date.now() - (1000 * (to - from)) / rate);
      const all = union(spans(), [[from, to]]);
      unkept = remember(SECTION, { id: player.part, part: Number(player.part), at, spans: all }) ? [] : all;
    },
    send: () => {
      player.showPlayed(spans(), { here: true });
      player.showKept(!unkept.length);
    },
  };
};

// The stretch that is being played: it ends where the film was last seen going on.
class Stretch {
  constructor(video, from = video.currentTime) {
    Object.assign(this, { video, from, to: from, rate: video.playbackRate, wall: performance.now() });
  }

  // False when the film has jumped since it was last seen.
  goOn() {
    const { currentTime } = this.video;
    const [moved, now] = [currentTime - this.to, performance.now()];
    if (moved < 0 || moved > ((now - this.wall) / 1000) * this.rate + JUMP) return false;
    [this.to, this.wall] = [currentTime, now];
    return true;
  }

  get beat() {
    return { from: rounded(this.from), to: rounded(this.to), rate: clamp(this.rate, SLOWEST, FASTEST), wall: this.wall };
  }
}

export const useBeats = (player) => {
  const { video } = player;
  let [keeper, stretch, sentAt, soon] = [null, null, 0, 0];

  const close = () => {
    if (stretch && stretch.to - stretch.from > LEAST) keeper.take(stretch.beat);
    stretch = null;
  };
  const begin = (from) => {
    if (keeper && !stretch && !video.paused && !video.seeking) stretch = new Stretch(video, from);
  };
  const goOn = () => { if (stretch && !video.seeking && !stretch.goOn()) close(); };
  const send = (options) => {
    sentAt = performance.now();
    clearTimeout(soon);
    keeper?.send(options);
  };
  const sendSoon = () => {
    clearTimeout(soon);
    soon = setTimeout(send, 1000);
  };
  // Tells what was played until now, and goes on from the same second.
  const tell = () => {
    goOn();
    const from = stretch?.to;
    close();
    begin(from);
  };

  video.addEventListener("timeupdate", () => {
    goOn();
    begin();
    if (performance.now() - sentAt < EVERY || !stretch) return;
    tell();
    send();
  });
  for (const event of ["pause", "ended"]) {
    video.addEventListener(event, () => {
      goOn();
      close();
      sendSoon();
    });
  }
  for (const event of ["seeking", "emptied"]) {
    video.addEventListener(event, () => {
      close();
      sendSoon();
    });
  }
  for (const event of ["playing", "seeked"]) video.addEventListener(event, () => begin());
  video.addEventListener("ratechange", tell);
  const leave = () => {
    tell();
    send({ leaving: true });
  };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  addEventListener("online", () => send());

  // A page has one session, however often the fragment is filled anew.
  useServer(player, (known) => {
    keeper ??= known.session ? account(player, known) : browser(player);
    begin();
  });
};
