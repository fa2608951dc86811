// Beats until the server has answered for them: in memory, and in this browser for the time after the page.
// Every session has a list of its own, which its player alone adds to; any later page sends what is left of it.
import { post } from "./server.js";

const PREFIX = "beats:";
const BATCH = 100;
const MOST = 2000;
const OLDEST = 30 * 24 * 3600_000;

const stored = (key) => {
  try {
    const found = JSON.parse(localStorage.getItem(key));
    return found && Array.isArray(found.beats) && typeof found.address === "string" ? found : null;
  } catch {
    return null;
  }
};

const store = (key, list) => {
  try {
    if (list.beats.length) localStorage.setItem(key, JSON.stringify(list));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return !list.beats.length; // without storage beats wait as long as the page is open
  }
};

// The sequence numbers that need not be sent again; null when the server has said nothing about them.
const settled = async (answer, batch) => {
  if (!answer || ![200, 400, 413].includes(answer.status)) return null;
  if (answer.status !== 200) return batch.map(({ sequence }) => sequence);
  const { taken, known, refused } = await answer.clone().json();
  return [...taken, ...known, ...refused.map(({ sequence }) => sequence)];
};

const sendList = async (player, session, list, position) => {
  const batch = list.beats.slice(0, BATCH);
  if (!batch.length && !position) return null;
  const answer = await post(player, list.address, JSON.stringify({ session, beats: batch, position }));
  try {
    const done = await settled(answer, batch);
    if (!done) return null;
    list.beats = list.beats.filter(({ sequence }) => !done.includes(sequence));
    return answer.status === 200 ? await answer.json() : null;
  } catch {
    return null; // the answer broke off: the same is sent again
  }
};

export class Unsent {
  constructor(player, session, address) {
    this.player = player;
    this.session = session;
    this.key = PREFIX + session;
    this.list = { address, at: Date.now(), beats: [] };
    this.sequence = 0;
  }

  add(beat) {
    this.sequence += 1;
    this.list.beats = [...this.list.beats, { sequence: this.sequence, ...beat }].slice(-MOST);
    this.isKept = store(this.key, this.list);
  }

  // The server's answer, or null. One request at a time; a page that leaves does not wait for its turn.
  async send(position, { leaving = false } = {}) {
    if (this.busy && !leaving) return undefined;
    this.busy = true;
    const answer = await sendList(this.player, this.session, this.list, position);
    this.busy = false;
    this.isKept = store(this.key, this.list);
    return answer;
  }

  // What earlier pages have left. Of somebody else's the server says 403, and it waits for its owner.
  async sendOthers() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && key !== this.key);
    for (const key of keys) {
      const list = stored(key);
      if (!list || list.at < Date.now() - OLDEST) localStorage.removeItem(key);
      else if (await sendList(this.player, key.slice(PREFIX.length), list)) store(key, list);
    }
  }
}
