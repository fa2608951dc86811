// The chapters are links in the page, and so is everything else that names a second (data-seek).
import { play, seekTo } from "./tools.js";

const LINKS = "[data-seek]";

export const chaptersOf = () =>
  [...document.querySelectorAll(`.chapters ${LINKS}`)].map((link) => ({
    start: Number(link.dataset.seek),
    title: link.querySelector("span")?.textContent ?? link.textContent,
    link,
  }));

export const chapterAt = (seconds) => chaptersOf().filter(({ start }) => start <= seconds + 0.3).at(-1);

export const useChapters = (player) => {
  const { video, find } = player;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(LINKS);
    if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (link.href) history.replaceState(null, "", link.href);
    seekTo(player, Number(link.dataset.seek));
    play(player);
    if (link.closest(".chapters, .note")) {
      video.focus({ preventScroll: true });
      video.scrollIntoView({ block: "nearest" });
    }
  });
  // The transcript, which is no part of the player, says so where somebody wants to go.
  video.addEventListener("player:go", ({ detail: seconds }) => {
    seekTo(player, seconds);
    play(player);
  });
  const show = () => {
    const current = chapterAt(video.currentTime);
    find("chapter").textContent = current?.title ?? "";
    for (const { link } of chaptersOf()) {
      if (link === current?.link) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  video.addEventListener("timeupdate", show);
  show();
};
