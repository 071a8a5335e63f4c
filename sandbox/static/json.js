/** JSON laid out for reading. */

import { h } from "./dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/** Strings that are JSON themselves, as in Slack's form fields, are opened up. */
function unpacked(value) {
  if (typeof value === "string" && /^\s*[[{]/.test(value)) {
    try {
      return unpacked(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(unpacked);
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpacked(inner)]));
  return value;
}

/** @returns {(string | HTMLElement)[]} the value, indented, its keys and values told apart by colour */
export function coloured(value) {
  const open = unpacked(value);
  if (typeof open === "string") return [open];
  const text = JSON.stringify(open, null, 2);
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(TOKEN)) {
    const [whole, string, colon] = found;
    const kind = string ? (colon ? "key" : "string") : "literal";
    nodes.push(
      text.slice(end, found.index),
      h("span", { class: `json-${kind}` }, string ?? whole),
      colon ?? "",
    );
    end = found.index + whole.length;
  }
  return [...nodes, text.slice(end)];
}
