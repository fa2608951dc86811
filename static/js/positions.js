// Where a visitor left off, kept in this browser: for everybody, also for who has no account or no connection.
const KEY = (part) => `watch:${part}`;
const BEGUN = 5;
const REST = 15;
const REST_SHARE = 0.03;

export const isUnfinished = (seconds, length) =>
  seconds >= BEGUN && seconds < length - Math.max(Math.min(REST, length / 10), REST_SHARE * length);

export const storedPosition = (part) => {
  try {
    const found = JSON.parse(localStorage.getItem(KEY(part)));
    return found && [found.seconds, found.length, found.at].every(Number.isFinite) ? found : null;
  } catch {
    return null;
  }
};

export const storePosition = (part, seconds, length) => {
  try {
    localStorage.setItem(KEY(part), JSON.stringify({ seconds, length, at: Date.now() }));
  } catch {
    // Storage is full or forbidden: an account still remembers.
  }
};
