// Captions: which language, or none. The choice is remembered for the next part.
import { fill, remembered, tell } from "./tools.js";

const CHOICE = "player:captions";
const OFF = "off";
// Lines from below, where captions stand while the bar lies over a full screen.
const LIFTED = -4;

export const captionsOf = (video) => [...video.textTracks].filter((track) => track.kind === "captions");

const shownIn = (video) => captionsOf(video).find((track) => track.mode === "showing");

export const chooseCaptions = (player, language, { quietly = false } = {}) => {
  const { video, words } = player;
  const chosen = captionsOf(video).find((track) => track.language === language);
  for (const track of captionsOf(video)) track.mode = track === chosen ? "showing" : "disabled";
  if (chosen) player.lastCaptions = language;
  if (quietly) return;
  remembered(CHOICE, chosen ? language : OFF);
  tell(player, chosen ? fill(words.wordCaptionsOn, { language: chosen.label }) : words.wordCaptionsOff);
};

export const toggleCaptions = (player) => {
  const tracks = captionsOf(player.video);
  if (!tracks.length) return;
  const last = player.lastCaptions ?? tracks[0].language;
  chooseCaptions(player, shownIn(player.video) ? "" : last);
};

export const liftCaptions = (video, up) => {
  for (const cue of shownIn(video)?.activeCues ?? []) {
    if (up && cue.line === "auto") {
      cue.line = LIFTED;
      cue.lifted = true;
    } else if (!up && cue.lifted) {
      cue.line = "auto";
      cue.lifted = false;
    }
  }
};

export const useCaptions = (player) => {
  const { video, find } = player;
  const tracks = captionsOf(video);
  if (!tracks.length) return;
  for (const track of tracks) track.addEventListener("cuechange", () => liftCaptions(video, player.isLifted()));
  const [select, button] = [find("captions"), find("captions-toggle")];
  select.append(...tracks.map((track) => new Option(track.label, track.language)));
  const choice = remembered(CHOICE);
  if (choice === OFF || tracks.some((track) => track.language === choice)) {
    chooseCaptions(player, choice === OFF ? "" : choice, { quietly: true });
  }
  const show = () => {
    const shown = shownIn(video);
    select.value = shown?.language ?? "";
    button.setAttribute("aria-pressed", String(Boolean(shown)));
  };
  video.textTracks.addEventListener("change", show);
  select.addEventListener("change", () => chooseCaptions(player, select.value));
  button.addEventListener("click", () => toggleCaptions(player));
  button.hidden = false;
  find("captions-row").hidden = false;
  show();
};
