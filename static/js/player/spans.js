// Stretches of a film, as pairs [from, to] of seconds: the same rules as on the server (watching/intervals.py).
const SEAM = 0.01;

export const union = (...groups) => {
  const found = [];
  const sorted = groups.flat().filter(([start, end]) => start < end).sort((one, other) => one[0] - other[0]);
  for (const [start, end] of sorted) {
    const last = found.at(-1);
    if (last && start - last[1] <= SEAM) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
};

export const total = (spans) => spans.reduce((sum, [start, end]) => sum + end - start, 0);

// What is missing before the furthest second, without gaps of `least` seconds or less.
export const missed = (spans, least) =>
  union(spans)
    .map(([start], place, all) => [place ? all[place - 1][1] : 0, start])
    .filter(([start, end]) => end - start > least);
