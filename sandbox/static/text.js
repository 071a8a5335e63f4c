/** Slack's text objects. */

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** The letters of a plain text object, with emoji. */
export const plain = (object) =>
  object ? (object.emoji === false ? object.text : withEmoji(object.text ?? "")) : "";

/** A text object of either kind as one node. */
export function textNode(object, tag = "div") {
  const props = { class: `text text-${object.type}` };
  return object.type === "mrkdwn" ? h(tag, props, mrkdwn(object.text ?? "")) : h(tag, props, plain(object));
}
