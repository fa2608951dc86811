// Shows on a path's route, and among a masterclass's parts, what a person has done: the fragment says which, or for
// visitors without an account this browser.
import { donePages } from "./kept-pages.js";

const mark = (fragment) => {
  const source = fragment.querySelector("[data-done-pages]");
  if (!source) return;
  const isVisitor = source.dataset.visitor !== undefined;
  const done = new Set(isVisitor ? donePages() : source.dataset.donePages.split(" "));
  for (const stop of document.querySelectorAll("[data-page]")) {
    const isDone = done.has(stop.dataset.page);
    stop.classList.toggle("is-done", isDone);
    for (const word of stop.querySelectorAll(".stop-done")) word.hidden = !isDone;
    if (source.dataset.nextPage === undefined) continue;
    const isNext = stop.dataset.page === source.dataset.nextPage;
    stop.classList.toggle("is-next", isNext);
    for (const word of stop.querySelectorAll(".stop-next")) word.hidden = !isNext;
  }
  if (source.dataset.lockedStages !== undefined) markStages(source.dataset);
};

const markStages = ({ lockedStages, completeStages, nextPage }) => {
  const known = Boolean(nextPage || lockedStages.trim() || completeStages.trim());
  const [locked, complete] = [lockedStages, completeStages].map((keys) => new Set(keys.split(" ")));
  for (const stage of document.querySelectorAll("[data-stage]")) {
    stage.classList.toggle("is-locked", locked.has(stage.dataset.stage));
    stage.classList.toggle("is-open", known && !locked.has(stage.dataset.stage));
    const isComplete = complete.has(stage.dataset.stage);
    stage.classList.toggle("is-complete", isComplete);
    for (const word of stage.querySelectorAll(".stage-done")) word.hidden = !isComplete;
  }
};

document.addEventListener("fragment:filled", (event) => mark(event.target));
for (const fragment of document.querySelectorAll("[data-fragment]")) mark(fragment);
