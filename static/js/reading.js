// How long an article is really in view, and how far: told to the server, or without an account kept in this browser.
import { fill } from "./fragments.js";
import { BEGINNING, END, keepPage, keptPage } from "./kept-pages.js";
import { tellWhetherKept } from "./progress-store.js";

const TICK = 1000;
const EVERY = 15_000;
const text = document.querySelector("[data-read-to-end]");

// What this session amounts to so far; a new fragment brings a new ticket, and with it a new session.
let session = null;

const cookie = (name) =>
  document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

const post = (slip, address, values = {}) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  const headers = { "X-CSRFToken": cookie(slip.dataset.cookie) };
  return fetch(address, { method: "POST", body, headers, keepalive: true, credentials: "same-origin" });
};

const isRead = ({ seconds, share, needed }) => share >= END && seconds >= needed;

const send = async (one) => {
  const { slip, seconds, first, share } = one;
  const { send: address, ticket } = slip.dataset;
  try {
    const answer = await post(slip, address, { ticket, seconds: seconds.toFixed(1), first: first.toFixed(4), share: share.toFixed(4) });
    if (!answer.ok) return;
    const { done } = await answer.json();
    if (done && one === session && slip.isConnected) {
      session = null;
      fill(slip.closest("[data-fragment]"));
    }
  } catch {
    // Offline: the next report carries everything that this one did.
  }
};

// Two tabs keep one row: it only ever grows.
const keep = (one) => {
  const known = keptPage(one.page) ?? { began: one.began, seconds: 0, first: 1, share: 0 };
  const seconds = Math.max(known.seconds, one.seconds);
  const share = Math.max(known.share, one.share);
  const read = known.read ?? (isRead({ seconds, share, needed: one.needed }) ? Date.now() : undefined);
  const began = Math.min(known.began, one.began);
  const kept = keepPage(one.page, { began, seconds, share, first: Math.min(known.first, one.first), read });
  tellWhetherKept(one.slip, kept);
  if (kept && read) one.slip.dispatchEvent(new CustomEvent("page:read"));
};

const report = () => {
  if (!session?.changed) return;
  session.changed = false;
  session.reportedAt = performance.now();
  session.told = isRead(session);
  if (session.isVisitor) keep(session);
  else send(session);
};

const isLookedAt = () => document.visibilityState === "visible" && document.hasFocus();

const within = (share) => Math.min(Math.max(share, 0), 1);

const measure = () => {
  const now = performance.now();
  const looked = isLookedAt();
  if (session && looked && session.looked) {
    const { top, height } = text.getBoundingClientRect();
    const whole = height || 1;
    // A machine that slept has not read.
    session.seconds += Math.min(now - session.measuredAt, 2 * TICK) / 1000;
    session.first = Math.min(session.first, within(-top / whole));
    // Who took a page back in this browser stands at its end: nothing counts before its beginning was seen once more.
    if (!session.isVisitor || session.first <= BEGINNING) {
      session.share = Math.max(session.share, within((innerHeight - top) / whole));
    }
    session.changed = true;
  }
  if (!session) return;
  Object.assign(session, { looked, measuredAt: now });
  if (now - session.reportedAt >= EVERY || (isRead(session) && !session.told)) report();
};

const begin = (slip) => {
  report();
  const { reading: page, needed, ticket, visitor } = slip.dataset;
  const isVisitor = visitor !== undefined;
  session = null;
  if (!needed || !(ticket || isVisitor)) return;
  const before = isVisitor ? keptPage(page) : undefined;
  const { seconds = 0, first = 1, share = 0 } = before ?? {};
  const now = performance.now();
  session = { slip, page, isVisitor, needed: Number(needed), began: before?.began ?? Date.now(), seconds, first, share };
  Object.assign(session, { told: isRead(session), changed: false, looked: false, measuredAt: now, reportedAt: now });
};

const look = (root) => {
  const slip = root.querySelector("[data-reading]");
  if (slip) begin(slip);
};

const watchText = () => {
  document.addEventListener("fragment:filled", (event) => look(event.target));
  for (const fragment of document.querySelectorAll("[data-fragment]")) look(fragment);
  document.addEventListener("page:kept", ({ target }) => {
    if (!keptPage(target.dataset.reading)) session = null;
    look(target.parentElement);
  });
  setInterval(measure, TICK);
  addEventListener("pagehide", report);
  document.addEventListener("visibilitychange", () => {
    measure();
    if (document.hidden) report();
  });
};

// A resource lies elsewhere: that it was opened is all that can be known.
const watchLink = (link) => {
  link.addEventListener("click", () => {
    const slip = document.querySelector("[data-reading]");
    if (!slip) return;
    if (slip.dataset.visitor !== undefined) keepPage(slip.dataset.reading, { opened: Date.now() });
    else if (slip.dataset.opened) post(slip, slip.dataset.opened).catch(() => {});
  });
};

if (text) watchText();
for (const link of document.querySelectorAll("[data-opens]")) watchLink(link);
