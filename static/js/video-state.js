// Keeps the states of videos in the admin fresh while something is going on.
const EVERY = 2000;
const PATIENCE = 10;
const seen = new WeakSet();

const show = (element, state) => {
  const field = element.dataset.videoStateField;
  if (field) element.textContent = state[field];
  else element.innerHTML = state.html;
  element.dataset.code = state.state;
};

const watch = (element) => {
  let failures = 0;
  const ask = async () => {
    if (!element.isConnected) return;
    let open = true;
    try {
      const answer = await fetch(element.dataset.videoState, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const state = await answer.json();
      show(element, state);
      open = state.open;
      failures = 0;
    } catch {
      failures += 1;
    }
    if (open && failures < PATIENCE) setTimeout(ask, EVERY);
  };
  setTimeout(ask, EVERY);
};

const look = () => {
  for (const element of document.querySelectorAll('[data-video-state][data-open="true"]')) {
    if (seen.has(element)) continue;
    seen.add(element);
    watch(element);
  }
};

look();
// Searches and choosers put new rows into the page.
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
