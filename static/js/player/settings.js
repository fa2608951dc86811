// The panel of choices: quality, speed, sound only. Captions have a module of their own.
import { RATE, clamp, fill, remembered, tell } from "./tools.js";

export const changeSpeed = (player, steps) => {
  const select = player.find("speed");
  select.selectedIndex = clamp(select.selectedIndex + steps, 0, select.options.length - 1);
  select.dispatchEvent(new Event("change"));
};

const useSpeed = (player) => {
  const { video, words, find } = player;
  const select = find("speed");
  const known = [...select.options].map((option) => option.value);
  const apply = (rate) => {
    video.defaultPlaybackRate = rate;
    video.playbackRate = rate;
  };
  select.addEventListener("change", () => {
    apply(Number(select.value));
    remembered(RATE, select.value);
    tell(player, fill(words.wordSpeed, { rate: select.value }));
  });
  video.addEventListener("ratechange", () => { select.value = String(video.playbackRate); });
  const stored = remembered(RATE);
  if (known.includes(stored)) {
    select.value = stored;
    apply(Number(stored));
  }
};

const useQuality = (player) => {
  const { video, words, find, source } = player;
  const [row, select] = [find("quality-row"), find("quality")];
  let rungs = [];
  video.addEventListener("player:levels", ({ detail }) => {
    rungs = detail;
    const options = rungs.map((rung, level) => new Option(`${rung}p`, String(level))).reverse();
    select.replaceChildren(new Option(words.wordAuto, "-1", true, true), ...options);
    row.hidden = rungs.length < 2;
  });
  video.addEventListener("player:level", ({ detail }) => {
    select.options[0].text = select.value === "-1" ? fill(words.wordNow, { rung: `${rungs[detail]}p` }) : words.wordAuto;
  });
  select.addEventListener("change", () => {
    source.chooseLevel(Number(select.value));
    tell(player, select.selectedOptions[0].text);
  });
};

const useSoundOnly = (player) => {
  const { root, words, find, source } = player;
  if (!root.dataset.audio) return;
  const box = find("audio-only");
  find("audio-row").hidden = false;
  box.addEventListener("change", () => {
    source.setSoundOnly(box.checked);
    find("sound-only").hidden = !box.checked;
    find("pip").disabled = box.checked;
    tell(player, box.checked ? words.wordSound : words.wordPicture);
  });
};

// Above its button; on a narrow screen the style sheet makes it a sheet at the lower edge.
const usePlace = (player) => {
  const [panel, button] = [player.find("settings"), player.find("settings-button")];
  const place = () => {
    const box = button.getBoundingClientRect();
    const left = clamp(box.right - panel.offsetWidth, 8, Math.max(8, innerWidth - panel.offsetWidth - 8));
    const above = box.top - panel.offsetHeight - 8;
    panel.style.setProperty("--x", `${left}px`);
    panel.style.setProperty("--y", `${above > 8 ? above : Math.min(box.bottom + 8, innerHeight - panel.offsetHeight - 8)}px`);
  };
  const follow = () => { if (panel.matches(":popover-open")) place(); };
  panel.addEventListener("toggle", (event) => {
    if (event.newState !== "open") return;
    place();
    panel.querySelector(".player-choice:not([hidden]) :is(select, input)")?.focus();
  });
  panel.querySelector("details").addEventListener("toggle", follow);
  addEventListener("resize", follow);
  addEventListener("scroll", follow, { passive: true });
};

export const useSettings = (player) => {
  useSpeed(player);
  useQuality(player);
  useSoundOnly(player);
  usePlace(player);
};
