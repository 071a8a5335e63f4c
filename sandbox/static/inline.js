/** Pieces of running text that mean more than their letters: mentions, channels, links, dates. */

import { slackDate } from "./dates.js";
import { h } from "./dom.js";
import { address } from "./route.js";
import { personName, zone } from "./names.js";
import { conversation, store } from "./store.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address if a person may be sent there, else null: `javascript:` and the like stay letters. */
export function safeAddress(url) {
  try {
    const parsed = new URL(url);
    return SAFE.has(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** A link to the outside, or plain text where the address is not safe. */
export function link(url, ...children) {
  const href = safeAddress(url);
  const shown = children.length ? children : [url];
  return href
    ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...shown)
    : h("span", null, ...shown);
}

/** `@Name`, which opens that person's card. */
export const mention = (id, fallback) =>
  store.people.has(id)
    ? h(
        "button",
        { type: "button", class: `mention${id === store.me ? " mention-me" : ""}`, data: { person: id } },
        `@${personName(id)}`,
      )
    : h("span", { class: "mention" }, fallback ? `@${fallback.replace(/^@/, "")}` : `@${personName(id)}`);

/** `#channel`, which leads there. */
export function channelLink(id, fallback) {
  const name = conversation(id)?.name ?? fallback ?? "private channel";
  return h("a", { class: "mention", href: address(store.me, id) }, `#${name}`);
}

/** `@channel`, `@here`, `@everyone`. */
export const broadcast = (range) => h("span", { class: "mention mention-me" }, `@${range}`);

/** A date in the reader's own zone. */
export function date(seconds, format, url, fallback) {
  const text = Number.isFinite(seconds) ? slackDate(seconds, format, zone()) : fallback;
  return url ? link(url, text) : h("time", { title: fallback ?? "" }, text);
}
