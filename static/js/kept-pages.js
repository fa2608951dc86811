// The section "reading" of what a browser keeps: one row for each page that a visitor read, marked or opened.
import { forget, remember, remembered } from "./progress-store.js";

const SECTION = "reading";
// As in careers/progress/sums.py, which judges again at sign-in.
export const BEGINNING = 0.1;
export const END = 0.98;

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const keptPage = (page) => remembered(SECTION).find((row) => row.id === page);

// Changes the row of a page, or begins it, and says whether it is kept.
export const keepPage = (page, change) => {
  const now = Date.now();
  const fresh = { id: page, page: Number(page), key: newKey(), began: now, seconds: 0, first: 1, share: 0 };
  return remember(SECTION, { ...fresh, ...keptPage(page), ...change, at: now });
};

export const forgetPage = (page) => forget(SECTION, page);

// The ids of the pages that count as done here: marked, or read to their end in a plausible time.
export const donePages = () => remembered(SECTION).filter((row) => row.marked || row.read).map((row) => row.id);
