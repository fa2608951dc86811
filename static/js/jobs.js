// Keeps the table of the Jobs page fresh. Without this module a reload does the same.
const EVERY = 5000;
const region = document.querySelector("[data-jobs-table]");
const bar = document.querySelector("[data-jobs-updates]");
let paused = false;

async function refresh() {
  const busy = paused || document.hidden || region.contains(document.activeElement);
  if (busy) return;
  try {
    const answer = await fetch(region.dataset.jobsTable + location.search, { credentials: "same-origin" });
    const isTable = answer.ok && !answer.redirected;
    if (isTable && !region.contains(document.activeElement)) region.innerHTML = await answer.text();
  } catch {
    // The server is away; the next round asks again.
  }
}

if (region && bar) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary";
  button.textContent = bar.dataset.pause;
  button.addEventListener("click", () => {
    paused = !paused;
    button.textContent = paused ? bar.dataset.resume : bar.dataset.pause;
    refresh();
  });
  bar.append(button);
  bar.hidden = false;
  setInterval(refresh, EVERY);
}
