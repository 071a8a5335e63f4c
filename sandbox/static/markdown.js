/** The `markdown` block: the common subset of Markdown that Slack shows. */

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./inline.js";

const INLINE = [
  [/`([^`]+)`/, (found) => h("code", null, found[1])],
  [/!?\[([^\]]+)\]\(([^)\s]+)\)/, (found) => link(found[2], ...inline(found[1]))],
  [/\*\*(?=\S)(.+?)\*\*/, (found) => h("strong", null, inline(found[1]))],
  [/~~(?=\S)(.+?)~~/, (found) => h("s", null, inline(found[1]))],
  [/(?<![\w*])[*](?=\S)([^*]+)[*](?![\w*])/, (found) => h("em", null, inline(found[1]))],
  [/(?<!\w)_(?=\S)([^_]+)_(?!\w)/, (found) => h("em", null, inline(found[1]))],
  [/<?(https?:\/\/[^\s<>]+[^\s<>.,;:!?)])>?/, (found) => link(found[1])],
];

function inline(text) {
  let first = null;
  for (const [pattern, make] of INLINE) {
    const found = pattern.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { found, make };
  }
  if (!first) return text ? [withEmoji(text)] : [];
  const { found, make } = first;
  return [
    ...inline(text.slice(0, found.index)),
    make(found),
    ...inline(text.slice(found.index + found[0].length)),
  ];
}

const cells = (row) =>
  row
    .replace(/^\s*\||\|\s*$/g, "")
    .split("|")
    .map((cell) => cell.trim());

/** Takes as many lines as belong together from the front of `lines` and returns their node. */
function take(lines) {
  const line = lines.shift();
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading)
    return h(
      `h${Math.min(6, heading[1].length + 2)}`,
      { class: `md-${heading[1].length}` },
      inline(heading[2]),
    );
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return h("hr");
  if (/^```/.test(line)) {
    const end = lines.findIndex((next) => /^```/.test(next));
    const code = lines.splice(0, end < 0 ? lines.length : end);
    lines.shift();
    return h("pre", null, code.join("\n"));
  }
  const following = (pattern) => {
    const taken = [line];
    while (lines.length && pattern.test(lines[0])) taken.push(lines.shift());
    return taken;
  };
  if (/^\s*>/.test(line))
    return h("blockquote", null, blocks(following(/^\s*>/).map((one) => one.replace(/^\s*>\s?/, ""))));
  const item = /^\s*([-*+]|\d+[.)])\s+/;
  if (item.test(line)) {
    const tag = /^\s*\d/.test(line) ? "ol" : "ul";
    return h(
      tag,
      null,
      following(item).map((one) => h("li", null, inline(one.replace(item, "")))),
    );
  }
  if (line.includes("|") && /^[\s|:-]+$/.test(lines[0] ?? "") && lines[0].includes("-")) {
    const [head, , ...rows] = following(/\|/).map(cells);
    const row = (tag) => (texts) =>
      h(
        "tr",
        null,
        texts.map((text) => h(tag, null, inline(text))),
      );
    return h("table", null, row("th")(head), rows.map(row("td")));
  }
  const text = following(/^(?!\s*$|#{1,6}\s|```|\s*>|\s*([-*+]|\d+[.)])\s)/);
  return h(
    "p",
    null,
    text.flatMap((one, index) => (index ? [h("br"), ...inline(one)] : inline(one))),
  );
}

function blocks(lines) {
  const nodes = [];
  while (lines.length) {
    if (lines[0].trim()) nodes.push(take(lines));
    else lines.shift();
  }
  return nodes;
}

/** Reads Markdown into nodes. Raw HTML in it stays text. */
export const markdown = (text) => blocks(text.split("\n"));
