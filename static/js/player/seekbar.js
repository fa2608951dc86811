// The place in the video: a slider with what is loaded, chapter marks, and a picture of the place one points at.
import { chapterAt, chaptersOf } from "./chapters.js";
import { Storyboard } from "./storyboard.js";
import { clamp, clock, fill, seekTo } from "./tools.js";

const span = (className, left, width) => {
  const mark = document.createElement("span");
  mark.className = className;
  mark.style.setProperty("left", `${left}%`);
  if (width !== undefined) mark.style.setProperty("width", `${width}%`);
  return mark;
};

const useMarks = (player) => {
  const marks = player.find("marks");
  const show = () => {
    const inner = chaptersOf().filter(({ start }) => start > 0 && start < player.length());
    marks.replaceChildren(...inner.map(({ start }) => span("player-mark", (100 * start) / player.length())));
  };
  player.video.addEventListener("durationchange", show);
  show();
};

const useBuffered = (player) => {
  const { video, find } = player;
  const row = find("buffered");
  video.addEventListener("progress", () => {
    const length = player.length();
    const parts = Array.from({ length: video.buffered.length }, (_, place) => place).map((place) => {
      const [start, end] = [video.buffered.start(place), video.buffered.end(place)];
      return span("player-loaded", (100 * start) / length, (100 * (end - start)) / length);
    });
    row.replaceChildren(...parts);
  });
};

const usePreview = (player) => {
  const { root, find } = player;
  const [row, preview, thumb, words] = [find("seek-row"), find("preview"), find("thumb"), find("preview-words")];
  const storyboard = new Storyboard(() => root.dataset.storyboard);
  const show = async (event) => {
    const box = row.getBoundingClientRect();
    const share = clamp((event.clientX - box.left) / box.width, 0, 1);
    const seconds = share * player.length();
    const chapter = chapterAt(seconds);
    words.textContent = chapter ? `${clock(seconds)} · ${chapter.title}` : clock(seconds);
    preview.hidden = false;
    player.pointedAt = seconds;
    place(share);
    const tile = await storyboard.tileAt(seconds);
    if (player.pointedAt !== seconds) return;
    thumb.hidden = !tile;
    if (tile) paint(tile);
    place(share);
  };
  const place = (share) => {
    const [room, own] = [row.clientWidth, preview.offsetWidth];
    preview.style.setProperty("left", `${clamp(share * room - own / 2, 0, Math.max(0, room - own))}px`);
  };
  const paint = ({ image, x, y, width, height }) => {
    thumb.style.setProperty("width", `${width}px`);
    thumb.style.setProperty("height", `${height}px`);
    thumb.style.setProperty("background-image", `url("${image}")`);
    thumb.style.setProperty("background-position", `-${x}px -${y}px`);
  };
  const hide = () => {
    preview.hidden = true;
    player.pointedAt = undefined;
  };
  row.addEventListener("pointermove", show);
  row.addEventListener("pointerleave", hide);
  row.addEventListener("pointercancel", hide);
};

export const useSeekBar = (player) => {
  const { video, words, find } = player;
  const [slider, played] = [find("seekbar"), find("played")];
  let held = false;
  const show = () => {
    const length = player.length();
    slider.max = String(length);
    if (!held) slider.value = String(video.currentTime);
    const shown = Number(slider.value);
    played.style.setProperty("width", `${length ? (100 * shown) / length : 0}%`);
    const place = fill(words.wordOf, { now: clock(shown), length: clock(length) });
    const chapter = chapterAt(shown);
    slider.setAttribute("aria-valuetext", chapter ? `${place}, ${chapter.title}` : place);
  };
  slider.addEventListener("pointerdown", () => { held = true; });
  slider.addEventListener("input", () => {
    seekTo(player, Number(slider.value));
    show();
  });
  for (const event of ["change", "pointerup", "pointercancel"]) slider.addEventListener(event, () => { held = false; });
  for (const event of ["timeupdate", "seeking", "durationchange", "loadedmetadata"]) video.addEventListener(event, show);
  show();
  useMarks(player);
  useBuffered(player);
  usePreview(player);
};
