// Small pictures of every few seconds, many on one sheet: a WebVTT file says which rectangle shows which time.
const CUE = /(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})\s+-->\s+(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})[^\n]*\n([^\n]+)/g;
const TILE = /^(.*)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/;

const seconds = (hours, minutes, rest, thousandths) =>
  Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(rest) + Number(thousandths) / 1000;

export const tilesOf = (text, address) =>
  [...text.replaceAll("\r", "").matchAll(CUE)].flatMap((found) => {
    const tile = TILE.exec(found[9].trim());
    if (!tile) return [];
    const [x, y, width, height] = tile.slice(2).map(Number);
    const image = new URL(tile[1], new URL(address, location.href)).href;
    return [{ start: seconds(...found.slice(1, 5)), end: seconds(...found.slice(5, 9)), image, x, y, width, height }];
  });

export class Storyboard {
  constructor(address) {
    this.address = address;
    this.tiles = null;
  }

  // Asked for once, when somebody first points at the bar; again if it failed and its address has changed.
  load() {
    const address = this.address();
    if (!address) return Promise.resolve([]);
    if (this.loaded !== address) {
      this.loaded = address;
      this.tiles = fetch(address, { credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((text) => tilesOf(text, address))
        .catch(() => []);
    }
    return this.tiles;
  }

  async tileAt(at) {
    const tiles = await this.load();
    return tiles.find(({ start, end }) => at >= start && at < end) ?? tiles.at(-1);
  }
}
