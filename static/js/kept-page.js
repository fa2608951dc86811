// The page that says what this browser has kept, and what an account would gain from it, before anything happens.
import { LATER } from "./keeping.js";
import { everything, forget, isEmpty } from "./progress-store.js";

const page = document.querySelector("[data-kept-page]");
const find = (name) => page.querySelector(`[data-kept-${name}]`);
const form = find("form");

const say = (name) => {
  form.hidden = true;
  for (const other of ["none", "lost", "forgotten"]) find(other).hidden = other !== name;
};

// The server's answer in its own words, or null without one.
const ask = async (address) => {
  form.elements.kept.value = everything();
  form.setAttribute("aria-busy", "true");
  try {
    const headers = { "X-Requested-With": "fetch" };
    const answer = await fetch(address, { method: "POST", body: new FormData(form), headers, credentials: "same-origin" });
    if (answer.redirected || answer.status >= 500 || answer.status === 403) return null;
    find("answer").innerHTML = await answer.text();
    return answer;
  } catch {
    return null;
  } finally {
    form.removeAttribute("aria-busy");
  }
};

const preview = async () => {
  const answer = await ask(page.dataset.preview);
  if (!answer) return say("lost");
  form.hidden = false;
  find("add").hidden = !answer.ok || Boolean(page.querySelector("[data-nothing-new]"));
  return undefined;
};

const take = async (event) => {
  event.preventDefault();
  const answer = await ask(form.action);
  if (!answer) return say("lost");
  if (!answer.ok) return undefined;
  forget();
  form.hidden = true;
  return undefined;
};

const useForm = () => {
  form.addEventListener("submit", take);
  find("forget").addEventListener("click", () => {
    forget();
    find("answer").replaceChildren();
    say("forgotten");
  });
  find("later").addEventListener("click", () => {
    try {
      sessionStorage.setItem(LATER, "yes");
    } catch {
      // Then the notice comes again.
    }
  });
};

if (form) {
  useForm();
  if (isEmpty()) say("none");
  else preview();
}
