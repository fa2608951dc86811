// Keeps the numbers of an edition that is going out fresh. Without this module a reload does the same.
const EVERY = 5000;
const region = document.querySelector("[data-edition-progress]");

async function refresh() {
  if (document.hidden || region.contains(document.activeElement)) return;
  try {
    const answer = await fetch(region.dataset.editionProgress, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) region.innerHTML = await answer.text();
  } catch {
    // The server is away; the next round asks again.
  }
}

if (region) setInterval(refresh, EVERY);

// Wagtail's orderable list says nothing when a place was refused. The page as it is now says why.
const REFUSED = "HTTP error! Status: 409";
if (document.querySelector(".desk-items"))
  addEventListener("unhandledrejection", (event) => {
    if (event.reason?.message === REFUSED) location.reload();
  });
