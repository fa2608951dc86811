// Notes at the very place: a part's second, an article's passage. Without this module one writes the time or chooses the
// passage oneself. It also tells the server which passage of an article is the furthest that was read.
import { clock } from "./player/tools.js";

const EVERY = 10_000;
const PREFIX = "b-";
const video = document.querySelector("[data-player] video");
const prose = document.querySelector("[data-read-to-end]");

const passages = () => {
  const blocks = [...(prose?.querySelectorAll("[data-passage]") ?? [])];
  return blocks.flatMap((block) => [block, ...block.querySelectorAll(`[id^="${PREFIX}"]`)]);
};

const anchorOf = (passage) => passage.id.slice(PREFIX.length);

// The last passage that begins above the given share of the window.
const passageAt = (share) => {
  const line = window.innerHeight * share;
  return passages().filter((passage) => passage.getBoundingClientRect().top <= line).at(-1);
};

const setPlace = (form) => {
  const { at, passage } = form.elements;
  if (at && video && !at.value && video.currentTime >= 1) at.value = clock(video.currentTime);
  if (passage && !passage.value && form.dataset.anchor) passage.value = form.dataset.anchor;
};

const markPassages = (section) => {
  for (const marked of document.querySelectorAll(".has-note")) marked.classList.remove("has-note");
  for (const { dataset } of section.querySelectorAll("[data-note-anchor]")) {
    document.getElementById(PREFIX + dataset.noteAnchor)?.classList.add("has-note");
  }
};

// A button that stays in view while one reads: it takes the passage there and leads to the form.
const useNoteHere = (section, words) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "keep-button note-here";
  button.append(section.querySelector(".icon").cloneNode(true), words);
  document.body.append(button);
  button.addEventListener("click", () => {
    const form = section.querySelector("[data-note-form]");
    const here = passageAt(0.4);
    if (!form || !here) return;
    form.elements.passage.value = anchorOf(here);
    form.elements.text.focus();
    form.scrollIntoView({ block: "center" });
  });
  new IntersectionObserver(([{ isIntersecting }]) => { button.hidden = !isIntersecting; }).observe(prose);
};

const useReadingPlace = (section) => {
  let told = "";
  let toldAt = 0;
  let furthest = -1;
  const tell = ({ now = false } = {}) => {
    const body = section.querySelector("[data-place-to]");
    const token = section.querySelector('[name="csrfmiddlewaretoken"]')?.value;
    const all = passages();
    const index = all.indexOf(passageAt(0.75));
    if (!body || !token || index <= Math.max(0, furthest) || (!now && performance.now() - toldAt < EVERY)) return;
    furthest = index;
    toldAt = performance.now();
    told = anchorOf(all[index]);
    const form = new FormData();
    form.set("anchor", told);
    const headers = { "X-CSRFToken": token };
    fetch(body.dataset.placeTo, { method: "POST", body: form, headers, keepalive: true, credentials: "same-origin" }).catch(() => {});
  };
  document.addEventListener("scroll", () => tell(), { passive: true });
  document.addEventListener("scrollend", () => tell({ now: true }));
  document.addEventListener("visibilitychange", () => { if (document.hidden) tell({ now: true }); });
  addEventListener("pagehide", () => tell({ now: true }));
};

const dress = (section) => {
  const form = section.querySelector("[data-note-form]");
  if (!form || form.dataset.dressed) return;
  form.dataset.dressed = "yes";
  form.elements.text.addEventListener("focus", () => setPlace(form));
  markPassages(section);
  if (prose && section.dataset.here && !document.querySelector(".note-here")) {
    useNoteHere(section, section.dataset.here);
    useReadingPlace(section);
  }
};

for (const section of document.querySelectorAll("[data-notes]")) {
  section.addEventListener("fragment:filled", () => dress(section));
  dress(section);
}
