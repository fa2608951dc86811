// What a visitor without an account has done, kept in this browser until an account takes it over.
// Storage may be full, forbidden or filled by somebody else: then nothing breaks, and the page says what is not kept.
const KEY = "progress";
const VERSION = 1;
const MOST_ROWS = 300;
const MOST_CHARACTERS = 200_000;

const isRow = (row) => row !== null && typeof row === "object" && !Array.isArray(row);

const read = () => {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    const sections = found?.version === VERSION && isRow(found.sections) ? Object.entries(found.sections) : [];
    return new Map(sections.map(([name, rows]) => [name, Array.isArray(rows) ? rows.filter(isRow) : []]));
  } catch {
    return new Map();
  }
};

const written = (sections) => JSON.stringify({ version: VERSION, sections: Object.fromEntries(sections) });

// Too much: the oldest row of the longest section goes first.
const shrink = (sections) => {
  while (written(sections).length > MOST_CHARACTERS) {
    const longest = [...sections.values()].reduce((most, rows) => (rows.length > most.length ? rows : most));
    if (longest.length < 2) return false;
    longest.splice(0, Math.ceil(longest.length / 10));
  }
  return true;
};

const write = (sections) => {
  if (!shrink(sections)) return false;
  try {
    localStorage.setItem(KEY, written(sections));
    return true;
  } catch {
    return false;
  }
};

// Adds a row to a section, and says whether it is kept. A row with an `id` takes the place of an earlier one with it.
export const remember = (section, row) => {
  const sections = read();
  const others = (sections.get(section) ?? []).filter(({ id }) => id === undefined || id !== row.id);
  sections.set(section, [...others, row].slice(-MOST_ROWS));
  return write(sections);
};

// Says in `root`, which has the words for it, that something is not kept; or takes that back.
export const tellWhetherKept = (root, kept) => {
  const words = root?.querySelector("[data-not-kept]");
  if (words) words.hidden = kept;
};

// The rows of a section, oldest first.
export const remembered = (section) => read().get(section) ?? [];

// Forgets everything; or a section; or, in a section, the row with this id.
export const forget = (section, id) => {
  const sections = section === undefined ? new Map() : read();
  const kept = id === undefined ? [] : (sections.get(section) ?? []).filter((row) => row.id !== id);
  if (kept.length) sections.set(section, kept);
  else sections.delete(section);
  try {
    if (sections.size) localStorage.setItem(KEY, written(sections));
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is forbidden: there is nothing to forget.
  }
};

export const isEmpty = () => [...read().values()].every((rows) => rows.length === 0);

// Everything, as the merge at sign-in sends it.
export const everything = () => written(read());
