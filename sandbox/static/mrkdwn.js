/** Slack's own markup in messages, read into nodes. */

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { broadcast, channelLink, date, link, mention } from "./inline.js";

const OPEN = "\uE000"; // stands, with a number and CLOSE, for a piece that is not to be read any further
const CLOSE = "\uE001";
const STYLES = [
  [pattern("\\*"), "strong"],
  [pattern("_"), "em"],
  [pattern("~"), "s"],
];

/** A sign opens and closes a style only at the edges of words, so that `snake_case` and `2 * 3 * 4` stay. */
function pattern(sign) {
  return new RegExp(
    `(^|[^\\p{L}\\p{N}${sign}])${sign}(?=[^\\s${sign}])([^${sign}]*[^\\s${sign}])${sign}(?![\\p{L}\\p{N}${sign}])`,
    "u",
  );
}

/** `&lt;` and friends, the only entities Slack knows, as letters. */
export const unescaped = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

/** What a person typed, made safe to send: only `& < >` are escaped. */
export const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/**
 * Reads mrkdwn: code blocks first, then quotes line by line, then what stands within a line.
 * @param {string} text
 * @returns {Node[]}
 */
export function mrkdwn(text) {
  const parts = text.replace(/[\uE000\uE001]/g, "").split(/\n?```\n?([\s\S]+?)\n?```\n?/);
  return parts.flatMap((part, index) =>
    index % 2 ? h("pre", null, verbatim(part)) : part ? quotes(part) : [],
  );
}

/** The letters of code; links in it, which Slack adds by itself, are shown as they were typed. */
const verbatim = (code) => unescaped(code.replace(/<([^|>]+\|)?([^>]*)>/g, "$2"));

function quotes(text) {
  const nodes = [];
  let quoted = [];
  let plain = [];
  const flush = () => {
    if (quoted.length) nodes.push(h("blockquote", null, lines(quoted)));
    if (plain.length) nodes.push(...lines(plain));
    quoted = [];
    plain = [];
  };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (quote ? plain.length : quoted.length) flush();
    (quote ? quoted : plain).push(quote ? quote[1] : line);
  }
  flush();
  return nodes;
}

function lines(texts) {
  return texts.flatMap((line, index) => {
    const bullet = /^(\s*)[•◦]\s+(.*)$/.exec(line);
    const content = bullet
      ? [
          h(
            "span",
            { class: "bullet-line", style: `--depth:${Math.floor(bullet[1].length / 2)}` },
            inline(bullet[2]),
          ),
        ]
      : inline(line);
    return index && !bullet ? [h("br"), ...content] : content;
  });
}

/** Reads one line: code and angle brackets are set aside first, so that no style is found inside them. */
export function inline(line) {
  const pieces = [];
  const aside = (node) => `${OPEN}${pieces.push(node) - 1}${CLOSE}`;
  const rest = line
    .replace(/`([^`]+)`/g, (_, code) => aside(h("code", null, verbatim(code))))
    .replace(/<([^<>]+)>/g, (_, inner) => aside(angle(inner)))
    .replace(/https?:\/\/[^\s\uE000<>|]+[^\s\uE000<>|.,;:!?)'"]/g, (url) => aside(link(unescaped(url))));
  return styled(rest, pieces);
}

function styled(text, pieces) {
  for (const [style, tag] of STYLES) {
    const found = style.exec(text);
    if (!found) continue;
    const start = found.index + found[1].length;
    return [
      ...styled(text.slice(0, start), pieces),
      h(tag, null, styled(found[2], pieces)),
      ...styled(text.slice(found.index + found[0].length), pieces),
    ];
  }
  return text
    .split(/\uE000(\d+)\uE001/)
    .map((part, index) => (index % 2 ? pieces[part] : unescaped(withEmoji(part))))
    .filter((part) => part !== "");
}

/** What stands in angle brackets: a mention, a channel, a date or a link. */
function angle(inner) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : unescaped(inner.slice(bar + 1));
  if (/^@[UW]/.test(target)) return mention(target.slice(1), label);
  if (/^#C/.test(target)) return channelLink(target.slice(1), label);
  if (/^!(channel|here|everyone)$/.test(target)) return broadcast(target.slice(1));
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, label ?? "@group");
  if (target.startsWith("!date^")) {
    const [, seconds, format, url] = target.split("^");
    return date(Number(seconds), unescaped(format ?? ""), url && unescaped(url), label);
  }
  if (/^[a-z][a-z+.-]*:/i.test(target)) return link(unescaped(target), ...(label ? [withEmoji(label)] : []));
  return document.createTextNode(`<${unescaped(inner)}>`);
}
