// Fills what is personal into a page that is the same for everybody. Without an answer the plain links inside stay.
const announce = (element) => {
  if (element.dataset.announce !== undefined) element.setAttribute("aria-live", "polite");
};

// Elements from which a form is on its way; its answer is newer than anything asked meanwhile.
const sending = new Set();

const replace = (element, html) => {
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  element.innerHTML = html;
  if (focused) document.getElementById(focused)?.focus();
  element.dispatchEvent(new CustomEvent("fragment:filled", { bubbles: true }));
};

const ask = async (address, options = {}) => {
  const answer = await fetch(address, {
    credentials: "same-origin",
    headers: { "X-Requested-With": "fetch", Accept: "text/html" },
    ...options,
  });
  if (!answer.ok || answer.redirected) return null;
  return answer.text();
};

// The number of the latest question about each element: an answer that comes after a later one's is old.
const turns = new WeakMap();
const nextTurn = (element) => turns.set(element, (turns.get(element) ?? 0) + 1).get(element);
const isLatest = (element, turn) => turns.get(element) === turn;

const TOUCHED = ["checkbox", "radio", "submit", "button"];

const isChanged = (field) => {
  if (field.type === "hidden") return false;
  if (TOUCHED.includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
  return field.value !== field.defaultValue;
};

// What somebody is writing outweighs news, which would replace the field together with the words in it.
const isWrittenIn = (element) => {
  const fields = [...element.querySelectorAll("input, select, textarea")];
  return fields.some((field) => isChanged(field) || (field === document.activeElement && !TOUCHED.includes(field.type)));
};

export const fill = async (element) => {
  if (sending.has(element)) return;
  announce(element);
  const turn = nextTurn(element);
  try {
    const html = await ask(element.dataset.fragment);
    if (html !== null && isLatest(element, turn) && !isWrittenIn(element)) replace(element, html);
  } catch {
    // Offline or interrupted: the links inside still lead to the same things.
  }
};

// Fragments that came together brought a token each, and a cookie each; the cookie that came last is the one that counts.
document.addEventListener(
  "submit",
  ({ target: form }) => {
    const token = form.closest("[data-fragment]") && form.querySelector('[name="csrfmiddlewaretoken"]');
    const kept = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
    if (token && kept) token.value = kept[1];
  },
  true,
);

// A form inside a fragment is sent in place when it says so; otherwise the browser sends it as usual.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const element = form.closest("[data-fragment]");
  if (!element || form.dataset.inPlace === undefined) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  element.setAttribute("aria-busy", "true");
  sending.add(element);
  const turn = nextTurn(element);
  try {
    const html = await ask(form.action, { method: "POST", body });
    sending.delete(element);
    if (html === null && isWrittenIn(element)) form.submit();
    else if (html === null) await fill(element);
    else if (isLatest(element, turn)) replace(element, html);
    for (const other of document.querySelectorAll("[data-fragment]:not([data-when])")) if (other !== element) fill(other);
  } catch {
    form.submit();
  } finally {
    sending.delete(element);
    element.removeAttribute("aria-busy");
  }
});

// Whoever knows that a fragment tells something old says so at it.
document.addEventListener("fragment:stale", (event) => fill(event.target));

// What most visitors never scroll to is asked for when it comes near.
const near = new IntersectionObserver(
  (seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      fill(target);
    }
  },
  { rootMargin: "200px" },
);

for (const element of document.querySelectorAll("[data-fragment]")) {
  if (element.dataset.when === "near") near.observe(element);
  else fill(element);
}
