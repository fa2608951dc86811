// Where one left off: in this browser for everybody, on the server for who is signed in, where beats.js sends it. What
// was measured last counts.
import { isUnfinished, storedPosition, storePosition } from "../positions.js";
import { useServer } from "./server.js";
import { clock, fill, play, seekTo } from "./tools.js";

const wordsFor = ({ words }, seconds, length) =>
  fill(words.wordLeft, { time: clock(seconds), minutes: Math.ceil((length - seconds) / 60) });

const useRecording = (player) => {
  const { video } = player;
  const keep = () => {
    if (player.hasPlayed && !video.seeking && video.readyState) storePosition(player.part, video.currentTime, player.length());
  };
  video.addEventListener("timeupdate", () => {
    if (!video.paused) player.hasPlayed = true;
    keep();
  });
  for (const event of ["pause", "ended"]) video.addEventListener(event, keep);
  addEventListener("pagehide", keep);
};

export const useResume = (player) => {
  const { video, find } = player;
  const card = find("resume");
  let best = null;
  const close = () => {
    card.hidden = true;
    player.showPlay();
  };
  const offer = (position) => {
    if (!position || (best && best.at >= position.at)) return;
    best = position;
    const open = !Number(video.dataset.start) && !player.hasPlayed && isUnfinished(position.seconds, player.length());
    card.hidden = !open;
    if (open) find("resume-words").textContent = wordsFor(player, position.seconds, player.length());
    player.showPlay();
  };
  find("resume-go").addEventListener("click", () => {
    close();
    seekTo(player, best.seconds);
    play(player);
    video.focus({ preventScroll: true });
  });
  find("resume-restart").addEventListener("click", () => {
    close();
    play(player);
    video.focus({ preventScroll: true });
  });
  video.addEventListener("play", close);
  video.addEventListener("seeking", () => { if (!card.hidden && video.currentTime > 1) close(); });
  offer(storedPosition(player.part));
  useServer(player, (known) => {
    offer(known.seconds === undefined ? null : { seconds: Number(known.seconds), at: Number(known.at) - player.offset });
  });
  useRecording(player);
};
