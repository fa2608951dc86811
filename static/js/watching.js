// Shows at each part of a series how much is left: what the server knows of who is signed in, else what this browser does.
import { isUnfinished, storedPosition } from "./positions.js";
import { clock, fill } from "./player/tools.js";

const rows = document.querySelectorAll("[data-page]");

const show = (part, words) => {
  for (const row of rows) {
    const left = row.dataset.page === part && row.querySelector(".part-left");
    if (!left) continue;
    left.textContent = words;
    left.hidden = false;
  }
};

const showStored = (sentence) => {
  for (const { dataset } of rows) {
    const found = storedPosition(dataset.page);
    if (!found || !isUnfinished(found.seconds, found.length)) continue;
    const minutes = Math.ceil((found.length - found.seconds) / 60);
    show(dataset.page, fill(sentence, { time: clock(found.seconds), minutes }));
  }
};

const showKnown = (fragment) => {
  for (const item of fragment.querySelectorAll("[data-begun] [data-page-id]")) show(item.dataset.pageId, item.textContent);
};

for (const fragment of document.querySelectorAll("[data-left-words]")) {
  showStored(fragment.dataset.leftWords);
  fragment.addEventListener("fragment:filled", () => showKnown(fragment));
  showKnown(fragment);
}
