// Asks, while a recording is being prepared, how far it is.
const EVERY = 5000;

export const waitForVideo = (element) => {
  const ask = async () => {
    try {
      const answer = await fetch(element.dataset.videoWait, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) return;
      element.innerHTML = await answer.text();
      if (element.querySelector("[data-video-ready]")) return;
    } catch {
      // Offline for a moment: ask again.
    }
    setTimeout(ask, EVERY);
  };
  setTimeout(ask, 1000);
};
