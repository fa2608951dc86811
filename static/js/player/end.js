// The part is over: the next one is offered, and never begins by itself.
import { play, seekTo } from "./tools.js";

export const useEnd = (player) => {
  const { video, find } = player;
  const card = find("end");
  const close = () => {
    card.hidden = true;
    player.showPlay();
  };
  video.addEventListener("ended", () => {
    card.hidden = false;
    player.showPlay();
    const focused = player.root.contains(document.activeElement);
    if (focused) (find("end-next") ?? find("end-again")).focus({ preventScroll: true });
  });
  for (const event of ["play", "seeking"]) video.addEventListener(event, () => { if (!video.ended) close(); });
  find("end-again").addEventListener("click", () => {
    close();
    seekTo(player, 0);
    play(player);
    video.focus({ preventScroll: true });
  });
};
