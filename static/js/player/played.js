// What has been played: a line below the place in the video, and words below the player. All tabs of a part agree.
import { tellWhetherKept } from "../progress-store.js";
import { missed, total } from "./spans.js";
import { clock, fill } from "./tools.js";

const LEAST_HOLE = 3;

const drawLine = (player, spans) => {
  const [line, length] = [player.find("seen"), player.length()];
  if (!length) return;
  const marks = spans.map(([start, end]) => {
    const mark = document.createElement("span");
    mark.style.setProperty("left", `${(100 * start) / length}%`);
    mark.style.setProperty("width", `${(100 * (Math.min(end, length) - start)) / length}%`);
    return mark;
  });
  line.replaceChildren(...marks);
};

const linkTo = ([start, end]) => {
  const link = document.createElement("a");
  link.href = `?t=${Math.floor(start)}`;
  link.dataset.seek = String(Math.floor(start));
  link.textContent = `${clock(start)}–${clock(end)}`;
  return link;
};

// Without an account there is nothing that the server could say.
const writeKept = (player, spans) => {
  const box = document.querySelector("[data-kept]");
  if (!box) return;
  box.hidden = !spans.length;
  const words = box.querySelector("[data-kept-words]");
  words.textContent = fill(words.dataset.wordPlayed, { played: clock(total(spans)), all: clock(player.length()) });
  const holes = missed(spans, LEAST_HOLE);
  box.querySelector("[data-kept-missed]").hidden = !holes.length;
  box.querySelector("[data-kept-links]").replaceChildren(...holes.flatMap((hole, place) => [place ? ", " : "", linkTo(hole)]));
};

export const usePlayed = (player) => {
  const words = document.querySelector(".played[data-fragment]");
  const others = "BroadcastChannel" in globalThis ? new BroadcastChannel(`played:${player.part}`) : null;
  let [spans, here, wasEnough] = [[], false, undefined];

  const draw = () => {
    drawLine(player, spans);
    if (here) writeKept(player, spans);
  };
  const stale = (element) => element?.dispatchEvent(new CustomEvent("fragment:stale", { bubbles: true }));
  const refresh = ({ enough }) => {
    if (here || !words) return;
    stale(words);
    // Whether the part is done is told elsewhere in the page.
    if (enough && wasEnough === false) {
      for (const fragment of document.querySelectorAll("[data-fragment]:not([data-when])")) {
        if (fragment !== words && !player.root.contains(fragment)) stale(fragment);
      }
    }
    wasEnough = enough;
  };
  const show = (found, facts) => {
    const changed = JSON.stringify(found) !== JSON.stringify(spans);
    spans = found;
    here = facts.here ?? here;
    draw();
    if (facts.enough !== undefined && (changed || wasEnough === undefined)) refresh(facts);
    return changed;
  };

  player.showPlayed = (found, facts = {}) => {
    if (show(found, facts)) others?.postMessage({ spans: found, facts });
  };
  others?.addEventListener("message", ({ data }) => show(data.spans, data.facts));
  player.showKept = (kept) => {
    const box = document.querySelector("[data-kept]");
    if (box && !kept) box.hidden = true;
    tellWhetherKept(words, kept);
  };
  player.video.addEventListener("durationchange", draw);
  words?.addEventListener("fragment:filled", draw);
};
