// What the parts of the player share: words, icons, times.
export const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);

export const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds || 0));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};

export const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

// Before anything is loaded, browsers take the second as the place to begin, but hls.js has its own: told once more.
export const seekTo = (player, seconds) => {
  const { video } = player;
  const place = clamp(seconds, 0, player.length());
  video.currentTime = place;
  if (video.readyState) return;
  whenReady(video, () => { video.currentTime = place; });
  player.source.wake();
};

export const play = (player) => player.source.play();

export const dress = (button, { icon, label, pressed }, words) => {
  if (icon) button.querySelector("use").setAttribute("href", `${words.icons}#${icon}`);
  if (label) {
    button.setAttribute("aria-label", label);
    if (button.title) button.title = label;
  }
  if (pressed !== undefined) button.setAttribute("aria-pressed", String(pressed));
};

// Tells in words what a key or a menu has done: a live region that is also to be seen for a moment.
export const tell = (player, words) => {
  const toast = player.find("toast");
  toast.textContent = words;
  toast.classList.add("is-shown");
  clearTimeout(player.toastEnds);
  player.toastEnds = setTimeout(() => toast.classList.remove("is-shown"), 1500);
};

// Once the length is known, a wish to begin elsewhere can be met.
export const whenReady = (video, then) => {
  if (video.readyState) then();
  else video.addEventListener("loadedmetadata", then, { once: true });
};

export const startOf = ({ video }) => {
  const start = Number(video.dataset.start);
  if (!start) return;
  video.currentTime = start;
  whenReady(video, () => { if (Math.abs(video.currentTime - start) > 1) video.currentTime = start; });
};

// Under this key the speed is remembered that somebody has chosen.
export const RATE = "player:rate";

export const remembered = (key, value) => {
  try {
    if (value === undefined) return localStorage.getItem(key);
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Without storage a choice lasts as long as the page.
  }
  return null;
};
