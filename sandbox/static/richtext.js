/** Slack's rich text blocks: sections, lists, quotes and code, made of styled pieces. */

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelLink, date, link, mention } from "./inline.js";

const STYLE_TAGS = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

const PIECES = {
  text: (piece) => document.createTextNode(piece.text),
  link: (piece) => link(piece.url, piece.text || piece.url),
  user: (piece) => mention(piece.user_id),
  channel: (piece) => channelLink(piece.channel_id),
  usergroup: () => h("span", { class: "mention" }, "@group"),
  broadcast: (piece) => broadcast(piece.range),
  emoji: (piece) => document.createTextNode(emoji(piece.name) ?? `:${piece.name}:`),
  date: (piece) => date(piece.timestamp, piece.format, piece.url, piece.fallback),
  color: (piece) =>
    h(
      "span",
      { class: "colour" },
      h("i", { style: `background:${CSS.supports("color", piece.value) ? piece.value : "none"}` }),
      piece.value,
    ),
};

function piece(one) {
  const node = PIECES[one.type]?.(one) ?? document.createTextNode(one.text ?? "");
  return Object.entries(STYLE_TAGS).reduce(
    (inner, [style, tag]) => (one.style?.[style] ? h(tag, null, inner) : inner),
    node,
  );
}

const pieces = (element) => (element.elements ?? []).map(piece);

const PARTS = {
  rich_text_section: (part) => h("div", { class: "rich-section" }, pieces(part)),
  rich_text_quote: (part) => h("blockquote", null, pieces(part)),
  rich_text_preformatted: (part) => h("pre", null, pieces(part)),
  rich_text_list: (part) =>
    h(
      part.style === "ordered" ? "ol" : "ul",
      {
        class: "rich-list",
        style: `--depth:${part.indent ?? 0}`,
        start: part.offset ? part.offset + 1 : null,
      },
      (part.elements ?? []).map((item) => h("li", null, pieces(item))),
    ),
};

/** @returns {HTMLElement} the block with all its parts */
export const richText = (block) =>
  h(
    "div",
    { class: "text" },
    (block.elements ?? []).map((part) => PARTS[part.type]?.(part)),
  );
