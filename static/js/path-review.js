// Asks again what the path check says whenever Wagtail has saved the draft by itself.
const box = document.querySelector("[data-path-review]");

const ask = async () => {
  try {
    const answer = await fetch(box.dataset.pathReview, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) box.innerHTML = await answer.text();
  } catch {
    // Offline: what was said last stays.
  }
};

if (box) document.addEventListener("w-autosave:success", ask);
