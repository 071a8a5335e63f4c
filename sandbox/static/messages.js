/** The messages of a conversation, by day, with threads in place. */

import * as api from "./api.js";
import { dayCaption, dayOf } from "./dates.js";
import { h, keepFocus, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { author, messageNode, noticeNode } from "./message.js";
import { zone } from "./names.js";
import { on, readState, store } from "./store.js";
import { Surface } from "./surface.js";
import { beginning } from "./welcome.js";

const TOGETHER = 300; // seconds within which messages of one author stand under one name
const NEAR = 80; // pixels from the end within which the view follows new messages

/** Draws into `log` and keeps it at its end while the person reads there. */
export function startMessages(log, jump) {
  const list = h("div", { class: "message-list", role: "log", "aria-live": "polite" });
  const start = h("div", { class: "beginning" });
  log.append(start, list);
  let cache = new Map();
  let surfaces = new Map();
  let shown = null;

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  const toEnd = () => (log.scrollTop = log.scrollHeight);
  jump.append(icon("down"), "New messages");
  jump.addEventListener("click", toEnd);
  log.addEventListener("scroll", () => atEnd() && (jump.hidden = true));
  let following = true;
  const watch = new ResizeObserver(() => following && toEnd());
  watch.observe(list);
  watch.observe(log);
  log.addEventListener("scroll", () => (following = atEnd()));

  const surface = (ts) => {
    if (!surfaces.has(ts)) surfaces.set(ts, new Surface({ message: { channel: store.channel, ts } }));
    return surfaces.get(ts);
  };

  const draw = () => {
    if (shown !== store.channel) {
      [shown, cache, surfaces, following] = [store.channel, new Map(), new Map(), true];
      jump.hidden = true;
      list.replaceChildren();
    }
    list.setAttribute("aria-busy", String(store.messages === null));
    reconcile(start, store.messages === null ? [] : [beginning(store.channel)].filter(Boolean));
    if (store.messages === null) return;
    const before = cache;
    cache = new Map();
    const follow = following;
    const keep = (key, data, make) => {
      const json = JSON.stringify(data);
      const known = before.get(key);
      cache.set(key, known?.json === json ? known : { json, node: make() });
    };
    for (const entry of entries(store)) {
      if (entry.day)
        keep(`day ${entry.day}`, entry, () =>
          h("div", { class: "day", role: "separator" }, h("span", null, entry.caption)),
        );
      else if (entry.notice) keep(`notice ${entry.notice.ts}`, entry, () => noticeNode(entry.notice));
      else
        keep(entry.message.ts, entry, () =>
          wrap(
            entry,
            messageNode(entry.message, { compact: entry.compact, surface: surface(entry.message.ts) }),
          ),
        );
    }
    const grown = before.size && cache.size > before.size;
    keepFocus(list, () =>
      reconcile(
        list,
        [...cache.values()].map(({ node }) => node),
      ),
    );
    if (follow) toEnd();
    else if (grown) jump.hidden = false;
    markRead();
  };

  on("messages", draw);
  on("state", markRead);
  let ahead = 0;
  on("clock", () => {
    if (ahead === store.clock.ahead) return;
    ahead = store.clock.ahead;
    shown = null; // what was today may be yesterday now
    draw();
  });
  on("boot", () => {
    cache = new Map();
    surfaces.forEach((one) => (one.drawn = new Map()));
    draw();
  });
  document.addEventListener("visibilitychange", markRead);
}

const wrap = ({ reply, replies }, node) => {
  if (reply) node.classList.add("message-reply");
  if (replies)
    node
      .querySelector(".message-body")
      .append(h("div", { class: "reply-count" }, replies === 1 ? "1 reply" : `${replies} replies`));
  return node;
};

/** Messages, notices and day captions in the order they are shown; replies stand below what they answer. */
function* entries({ messages, notices, channel }) {
  const known = new Set(messages.map((message) => message.ts));
  const isReply = (message) =>
    message.thread_ts && message.thread_ts !== message.ts && known.has(message.thread_ts);
  const threads = Map.groupBy(messages.filter(isReply), (message) => message.thread_ts);
  const roots = [
    ...messages.filter((message) => !isReply(message)).map((message) => ({ ts: message.ts, message })),
    ...notices.filter((notice) => notice.channel === channel).map((notice) => ({ ts: notice.ts, notice })),
  ].sort((a, b) => Number(a.ts) - Number(b.ts));
  let day = null;
  let previous = null;
  for (const { ts, message, notice } of roots) {
    const today = dayOf(Number(ts), zone());
    if (today !== day) yield { day: today, caption: dayCaption(Number(ts), zone()) };
    if (today !== day) previous = null;
    day = today;
    if (notice) {
      previous = null;
      yield { notice };
      continue;
    }
    const replies = threads.get(ts) ?? [];
    yield { message, compact: follows(previous, message), replies: replies.length };
    for (const reply of replies) yield { message: reply, compact: false, reply: true };
    previous = replies.length ? null : message;
  }
}

const follows = (previous, message) =>
  Boolean(previous) &&
  author(previous) === author(message) &&
  Boolean(previous.is_ephemeral) === Boolean(message.is_ephemeral) &&
  !message.blocks?.length &&
  Number(message.ts) - Number(previous.ts) < TOGETHER;

let marked = "";

/** What is looked at counts as read; said once for each newest message. */
async function markRead() {
  const { me, channel, messages, state } = store;
  if (!messages?.length || document.hidden || !state.unread[channel]) return;
  const upTo = `${me} ${channel} ${messages.at(-1).ts}`;
  if (upTo === marked) return;
  marked = upTo;
  await api.read(me, channel).catch(() => {});
  await readState();
}
