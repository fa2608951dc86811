// Keys, only while the player has the focus: single letters belong to people's own tools everywhere else.
import { changeVolume, toggle, toggleMute } from "./bar.js";
import { toggleCaptions } from "./captions.js";
import { changeSpeed } from "./settings.js";
import { seekTo } from "./tools.js";

const by = (seconds) => (player) => seekTo(player, player.video.currentTime + seconds);
const STEP = 5;

const KEYS = {
  k: toggle,
  " ": toggle,
  j: by(-10),
  l: by(10),
  arrowleft: by(-STEP),
  arrowright: by(STEP),
  arrowup: (player) => changeVolume(player, 0.05),
  arrowdown: (player) => changeVolume(player, -0.05),
  home: (player) => seekTo(player, 0),
  end: (player) => seekTo(player, player.length()),
  m: toggleMute,
  c: toggleCaptions,
  f: (player) => player.find("full").click(),
  "<": (player) => changeSpeed(player, -1),
  ">": (player) => changeSpeed(player, 1),
};
for (const tenth of "0123456789") KEYS[tenth] = (player) => seekTo(player, (player.length() * Number(tenth)) / 10);

// What a key means to the control that has the focus comes first.
const isTaken = (target, key) => {
  if (target.matches("select, [data-settings] *")) return true;
  if (target.matches("button, a, summary")) return key === " " || key === "enter";
  if (target.matches("[data-volume]")) return key.startsWith("arrow") || key === "home" || key === "end";
  return false;
};

export const useKeys = (player) => {
  player.root.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (event.metaKey || event.ctrlKey || event.altKey || isTaken(event.target, key)) return;
    const action = KEYS[key];
    if (!action) return;
    event.preventDefault();
    action(player);
  });
};
