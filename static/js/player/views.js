// How large the picture is: full screen, the page's whole width, a window of its own. And when the bar steps back.
import { liftCaptions } from "./captions.js";
import { dress, remembered } from "./tools.js";

const THEATRE = "player:theatre";
const IDLE = 3000;

const useFull = (player) => {
  const { root, video, words, find } = player;
  const button = find("full");
  const isFull = () => document.fullscreenElement === root;
  if (!root.requestFullscreen && !video.webkitEnterFullscreen) button.hidden = true;
  button.addEventListener("click", () => {
    if (isFull()) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
    else video.webkitEnterFullscreen();
  });
  document.addEventListener("fullscreenchange", () => {
    dress(button, { icon: isFull() ? "window" : "full", label: isFull() ? words.wordWindow : words.wordFull }, words);
    liftCaptions(video, player.isLifted());
  });
};

const useTheatre = ({ root, find, words }) => {
  const button = find("theatre");
  const show = (wide) => {
    root.toggleAttribute("data-wide", wide);
    dress(button, { pressed: wide }, words);
  };
  button.addEventListener("click", () => {
    const wide = !root.hasAttribute("data-wide");
    show(wide);
    remembered(THEATRE, wide ? "wide" : null);
  });
  show(remembered(THEATRE) === "wide");
};

const usePip = ({ video, find, words }) => {
  const button = find("pip");
  if (!document.pictureInPictureEnabled || !video.requestPictureInPicture) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (document.pictureInPictureElement) document.exitPictureInPicture();
    else video.requestPictureInPicture().catch(() => {});
  });
  for (const [event, on] of [["enterpictureinpicture", true], ["leavepictureinpicture", false]]) {
    video.addEventListener(event, () => dress(button, { pressed: on }, words));
  }
};

// In full screen the bar lies over the picture, and leaves when nobody moves: never under the keyboard's focus.
const useIdle = (player) => {
  const { root, video, find } = player;
  let timer;
  const busy = () => video.paused || find("bar").matches(":has(:focus-visible)") || find("settings").matches(":popover-open");
  const sleep = () => {
    if (busy()) return wake();
    root.classList.add("is-idle");
    return liftCaptions(video, false);
  };
  const wake = () => {
    root.classList.remove("is-idle");
    liftCaptions(video, player.isLifted());
    clearTimeout(timer);
    timer = setTimeout(sleep, IDLE);
  };
  for (const event of ["pointermove", "pointerdown", "keydown", "focusin"]) root.addEventListener(event, wake);
  video.addEventListener("play", wake);
  video.addEventListener("pause", wake);
};

export const useViews = (player) => {
  player.isLifted = () => document.fullscreenElement === player.root && !player.root.classList.contains("is-idle");
  useFull(player);
  useTheatre(player);
  usePip(player);
  useIdle(player);
};
