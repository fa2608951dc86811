// The button that changes the theme. A stored choice is applied before the first paint by home/first_paint.py.
const key = "theme";
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const button = document.querySelector("[data-theme-toggle]");

const store = (value) => {
  try {
    value ? localStorage.setItem(key, value) : localStorage.removeItem(key);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
};
const current = () => root.dataset.theme ?? (dark.matches ? "dark" : "light");
const show = () => button.setAttribute("aria-pressed", String(current() === "dark"));

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const wanted = current() === "dark" ? "light" : "dark";
    const systems = wanted === (dark.matches ? "dark" : "light");
    root.dataset.theme = wanted;
    // A choice that the system shares needs no memory: the page follows the system again.
    store(systems ? null : wanted);
    show();
  });
  dark.addEventListener("change", show);
  show();
}
