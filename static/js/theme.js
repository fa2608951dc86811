// Runs before the first paint, so it is a classic script: a stored choice must not flash the other theme.
(() => {
  const key = "theme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const store = (value) => {
    try {
      value ? localStorage.setItem(key, value) : localStorage.removeItem(key);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  };
  const current = () => root.dataset.theme ?? (dark.matches ? "dark" : "light");

  const choice = stored();
  if (choice === "light" || choice === "dark") root.dataset.theme = choice;

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(current() === "dark"));
    button.hidden = false;
    button.addEventListener("click", () => {
      const wanted = current() === "dark" ? "light" : "dark";
      root.dataset.theme = wanted;
      // A choice that the system shares needs no memory: the page follows the system again.
      store(wanted === (dark.matches ? "dark" : "light") ? null : wanted);
      show();
    });
    dark.addEventListener("change", show);
    show();
  });
})();
