// For visitors without an account: “Mark as done” kept in this browser. After they signed in: what it has kept for them.
import { donePages, forgetPage, keepPage } from "./kept-pages.js";
import { isEmpty, tellWhetherKept } from "./progress-store.js";

export const LATER = "progress:later";

const isPutOff = () => {
  try {
    return sessionStorage.getItem(LATER) !== null;
  } catch {
    return false;
  }
};

const show = (box, page) => {
  const done = donePages().includes(page);
  box.hidden = false;
  box.querySelector("[data-kept-done]").hidden = !done;
  box.querySelector("[data-mark-here]").hidden = done;
  box.querySelector("[data-unmark-here]").hidden = !done;
};

const offerToKeep = (slip) => {
  const box = slip.querySelector("[data-keeping]");
  if (!box) return;
  const page = slip.dataset.reading;
  const change = (selector, next, act) =>
    box.querySelector(selector).addEventListener("click", () => {
      const kept = act();
      tellWhetherKept(slip, kept);
      show(box, page);
      if (kept) box.querySelector(next).focus();
      slip.dispatchEvent(new CustomEvent("page:kept", { bubbles: true }));
    });
  change("[data-mark-here]", "[data-unmark-here]", () => keepPage(page, { marked: Date.now() }));
  change("[data-unmark-here]", "[data-mark-here]", () => {
    forgetPage(page);
    return true;
  });
  slip.addEventListener("page:read", () => show(box, page));
  show(box, page);
};

const tellWhatIsKept = (template) => {
  const main = document.querySelector("main");
  if (document.querySelector("[data-kept-told], [data-kept-page]") || isEmpty() || isPutOff()) return;
  const notice = template.content.firstElementChild.cloneNode(true);
  notice.dataset.keptTold = "";
  main.prepend(notice);
};

const look = (root) => {
  for (const slip of root.querySelectorAll("[data-visitor][data-reading]")) offerToKeep(slip);
  for (const template of root.querySelectorAll("template[data-kept-notice]")) tellWhatIsKept(template);
};

document.addEventListener("fragment:filled", (event) => look(event.target));
for (const fragment of document.querySelectorAll("[data-fragment]")) look(fragment);
