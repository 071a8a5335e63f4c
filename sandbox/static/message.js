/** One message: who, when, what. */

import { renderBlocks } from "./blocks.js";
import { inFull, timeOf } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, isApp, personName, zone } from "./names.js";
import { store } from "./store.js";
import { Surface } from "./surface.js";

/** Whom a message is from: the app speaks as its bot user. */
export const author = (message) => message.user ?? (message.bot_id ? store.app.bot_user : "");

const edited = (message) =>
  message.edited &&
  h("span", { class: "edited", title: inFull(Number(message.edited.ts), zone()) }, "(edited)");

const reactions = ({ reactions: given }) =>
  given?.length > 0 &&
  h(
    "div",
    { class: "reactions" },
    given.map(({ name, count, users }) =>
      h(
        "span",
        { class: "reaction", title: users.map(personName).join(", ") },
        emoji(name) ?? `:${name}:`,
        ` ${count}`,
      ),
    ),
  );

function time(ts, className) {
  const seconds = Number(ts);
  return h("time", { class: className, title: inFull(seconds, zone()) }, timeOf(seconds, zone()));
}

function nameOf(message) {
  const id = author(message);
  const name = message.username ?? personName(id);
  if (isApp(id)) return [h("span", { class: "message-author" }, name), h("span", { class: "tag" }, "App")];
  return h("button", { type: "button", class: "message-author", data: { person: id } }, name);
}

function attachment(one, surface, index) {
  const body = h("div", {
    class: "attachment",
    style: /^#?[0-9a-f]{3,8}$/i.test(one.color ?? "") ? `--bar:#${one.color.replace("#", "")}` : null,
  });
  if (one.blocks)
    renderBlocks(body, one.blocks, ((surface.attachments ??= [])[index] ??= new Surface(surface.source)));
  else body.append(h("div", { class: "text" }, mrkdwn(one.text ?? one.fallback ?? "")));
  return body;
}

/**
 * Draws a message, in short if it follows another of the same author.
 * @param {object} message
 * @param {{compact: boolean, surface: Surface}} options
 */
export function messageNode(message, { compact, surface }) {
  const blocks = h("div", { class: "blocks" });
  if (message.blocks?.length) renderBlocks(blocks, message.blocks, surface);
  else blocks.append(h("div", { class: "text" }, mrkdwn(message.text ?? "")));
  const seen = message.is_ephemeral && h("div", { class: "only-you" }, icon("eye"), "Only visible to you");
  const head = compact
    ? h("div", { class: "gutter" }, time(message.ts, "time-short"))
    : h("div", { class: "gutter" }, avatar(author(message)));
  return h(
    "article",
    {
      class: `message${compact ? " message-compact" : ""}${message.is_ephemeral ? " message-ephemeral" : ""}`,
      "aria-label": `${personName(author(message))}, ${timeOf(Number(message.ts), zone())}`,
    },
    head,
    h(
      "div",
      { class: "message-body" },
      seen,
      !compact &&
        h("div", { class: "message-head" }, nameOf(message), time(message.ts, "time"), edited(message)),
      blocks,
      (message.attachments ?? []).map((one, index) => attachment(one, surface, index)),
      compact && edited(message),
      reactions(message),
    ),
  );
}

/** A sentence of the page itself, such as why a command failed. */
export const noticeNode = (notice) =>
  h(
    "article",
    { class: "message message-ephemeral message-notice" },
    h(
      "div",
      { class: "gutter" },
      h("span", { class: "avatar avatar-notice", "aria-hidden": "true" }, icon("warning")),
    ),
    h(
      "div",
      { class: "message-body" },
      h("div", { class: "only-you" }, icon("eye"), "Only visible to you"),
      h(
        "div",
        { class: "message-head" },
        h("span", { class: "message-author" }, "Sandbox"),
        time(notice.ts, "time"),
      ),
      h("div", { class: "text" }, notice.text),
    ),
  );
