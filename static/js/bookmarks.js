// Without an account a bookmark is kept in this browser, until an account takes it over.
import { forget, remember, remembered, tellWhetherKept } from "./progress-store.js";

const isKept = (id) => remembered("bookmarks").some((row) => row.id === id);

const show = (button) => {
  const kept = isKept(Number(button.dataset.keep));
  button.setAttribute("aria-pressed", String(kept));
  button.querySelector("span").textContent = kept ? button.dataset.keptWords : button.dataset.words;
};

const turn = (button) => {
  const id = Number(button.dataset.keep);
  const was = isKept(id);
  if (was) forget("bookmarks", id);
  tellWhetherKept(button.parentElement, was || remember("bookmarks", { id, at: Date.now() }));
  show(button);
};

const dress = (root) => {
  for (const button of root.querySelectorAll("[data-keep]")) show(button);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-keep]");
  if (button) turn(button);
});
document.addEventListener("fragment:filled", (event) => dress(event.target));
dress(document);
