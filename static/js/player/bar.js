// Play, sound, and the time.
import { clock, dress, fill, play, remembered, tell } from "./tools.js";

const VOLUME = "player:volume";

export const toggle = (player) => (player.video.paused || player.video.ended ? play(player) : player.video.pause());

export const toggleMute = (player) => {
  const { video, words } = player;
  video.muted = !video.muted;
  if (!video.muted && video.volume === 0) video.volume = 0.5;
  tell(player, video.muted ? words.wordMuted : fill(words.wordVolume, { percent: Math.round(video.volume * 100) }));
};

export const changeVolume = (player, by) => {
  const { video, words } = player;
  video.volume = Math.min(1, Math.max(0, Math.round((video.volume + by) * 20) / 20));
  video.muted = video.volume === 0;
  tell(player, fill(words.wordVolume, { percent: Math.round(video.volume * 100) }));
};

const usePlay = (player) => {
  const { video, words, find } = player;
  const [button, big] = [find("play"), find("big")];
  const show = () => {
    const state = video.ended ? "again" : video.paused ? "play" : "pause";
    dress(button, { icon: state, label: words[`word${state[0].toUpperCase()}${state.slice(1)}`] }, words);
    button.dataset.state = state;
    big.hidden = !video.paused || video.ended || player.hasCard?.();
    player.root.classList.toggle("is-playing", state === "pause");
  };
  button.addEventListener("click", () => toggle(player));
  video.addEventListener("click", () => toggle(player));
  video.addEventListener("dblclick", () => find("full").click());
  for (const event of ["play", "pause", "ended", "emptied", "seeked"]) video.addEventListener(event, show);
  player.showPlay = show;
  show();
  for (const [event, waits] of [["waiting", true], ["playing", false], ["canplay", false], ["pause", false]]) {
    video.addEventListener(event, () => player.root.classList.toggle("is-waiting", waits));
  }
};

const useVolume = (player) => {
  const { video, words, find } = player;
  const [button, slider] = [find("mute"), find("volume")];
  const stored = Number(remembered(VOLUME) ?? 1);
  if (stored > 0 && stored <= 1) video.volume = stored;
  const show = () => {
    const silent = video.muted || video.volume === 0;
    dress(button, { icon: silent ? "silent" : "sound", label: silent ? words.wordUnmute : words.wordMute }, words);
    slider.value = String(silent ? 0 : video.volume);
    slider.style.setProperty("--share", slider.value);
    slider.setAttribute("aria-valuetext", `${Math.round(slider.value * 100)} %`);
  };
  button.addEventListener("click", () => toggleMute(player));
  slider.addEventListener("input", () => {
    video.volume = Number(slider.value);
    video.muted = video.volume === 0;
  });
  video.addEventListener("volumechange", () => {
    show();
    if (video.volume) remembered(VOLUME, String(video.volume));
  });
  show();
};

const useTime = (player) => {
  const { video, find } = player;
  const [now, length] = [find("now"), find("length-words")];
  const show = () => {
    now.textContent = clock(video.currentTime);
    length.textContent = clock(player.length());
  };
  for (const event of ["timeupdate", "durationchange", "seeking"]) video.addEventListener(event, show);
  show();
};

const useTrouble = (player) => {
  const { words, find, source } = player;
  const card = find("trouble");
  player.showTrouble = (kind) => {
    find("trouble-words").textContent = kind === "signedOut" ? words.wordSignedOut : words.wordLost;
    find("trouble-sign-in").hidden = kind !== "signedOut";
    find("trouble-retry").hidden = kind === "signedOut";
    card.hidden = false;
    player.root.classList.remove("is-waiting");
    player.showPlay();
  };
  find("trouble-retry").addEventListener("click", () => {
    card.hidden = true;
    source.refreshedAt = -Infinity;
    source.failed = { ...source.present(), playing: true };
    source.refresh().then(() => source.again());
  });
};

export const useBar = (player) => {
  const cards = ["resume", "end", "trouble"].map((name) => player.find(name));
  player.hasCard = () => cards.some((card) => !card.hidden);
  usePlay(player);
  useVolume(player);
  useTime(player);
  useTrouble(player);
};
