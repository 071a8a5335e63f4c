/** What goes between Slack and the app: every request, newest first. */

import * as api from "./api.js";
import { h, reconcile } from "./dom.js";
import { coloured } from "./json.js";
import { zone } from "./names.js";
import { coalesced } from "./store.js";

const KEPT = 500;

/** @param {HTMLElement} panel @returns {{read: () => void, restart: () => void}} */
export function startInspector(panel) {
  let entries = [];
  let after = 0;
  let clearedAt = "";
  const nodes = new Map();

  const filter = h("input", {
    type: "search",
    class: "inspector-filter",
    placeholder: "Filter by name, error or content",
    "aria-label": "Filter requests",
    oninput: () => draw(),
  });
  const list = h("div", { class: "inspector-list" });
  const clear = h("button", { type: "button", class: "button button-small", onclick: () => wipe() }, "Clear");
  panel.append(
    h(
      "header",
      { class: "inspector-header" },
      h("h2", null, "Inspector"),
      h("p", null, "What goes between Slack and the app"),
      clear,
    ),
    filter,
    list,
  );

  const wipe = () => {
    clearedAt = entries.at(-1)?.at ?? clearedAt;
    entries = [];
    nodes.clear();
    draw();
  };

  /** Reads on from the last entry seen. */
  const read = coalesced(async () => {
    if (panel.hidden) return;
    const { entries: fresh } = await api.log(after, KEPT);
    after = fresh.at(-1)?.n ?? after;
    entries = [...entries, ...fresh.filter((entry) => entry.at > clearedAt)].slice(-KEPT);
    for (const n of nodes.keys()) if (n < entries[0]?.n) nodes.delete(n);
    draw();
  });

  /** Begins anew: after a restart of the sandbox the entries are numbered from one again. */
  const restart = () => {
    after = 0;
    entries = [];
    nodes.clear();
    return read();
  };

  const draw = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = entries.filter(
      (entry) => !words.length || words.every((word) => searchable(entry).includes(word)),
    );
    const rows = shown.toReversed().map((entry) => {
      if (!nodes.has(entry.n)) nodes.set(entry.n, row(entry));
      return nodes.get(entry.n);
    });
    const none = entries.length
      ? "Nothing fits the filter."
      : "Nothing yet. Press a button or send a command, and see what the app is told and what it answers.";
    reconcile(list, rows.length ? rows : [h("p", { class: "inspector-none" }, none)]);
  };

  draw();
  return { read, restart };
}

const texts = new WeakMap();

function searchable(entry) {
  if (!texts.has(entry)) texts.set(entry, JSON.stringify(entry).toLowerCase());
  return texts.get(entry);
}

const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { timeZone: zone() });

function row(entry) {
  const toApp = entry.direction === "to_app";
  const wrong = Boolean(entry.error) || entry.status >= 400;
  const details = h("div", { class: "entry-details", hidden: true });
  const toggle = () => {
    const show = details.hidden;
    details.hidden = !show;
    button.setAttribute("aria-expanded", String(show));
    if (show && !details.childElementCount)
      details.append(part("Request", entry.request), part("Answer", entry.answer));
  };
  const button = h(
    "button",
    { type: "button", class: "entry-head", "aria-expanded": "false", onclick: toggle },
    h(
      "span",
      {
        class: `direction direction-${toApp ? "to" : "from"}`,
        title: toApp ? "Slack to the app" : "The app to Slack",
      },
      toApp ? "to app" : "from app",
    ),
    h("span", { class: "entry-name" }, entry.name),
    h("span", { class: "entry-status" }, entry.status ? String(entry.status) : "–"),
    h("span", { class: "entry-ms" }, entry.ms == null ? "" : `${Math.round(entry.ms)} ms`),
    h("time", { class: "entry-time" }, clock(entry.at)),
    entry.error && h("span", { class: "entry-error" }, entry.error),
  );
  return h("div", { class: `entry${wrong ? " entry-wrong" : ""}` }, button, details);
}

const part = (title, value) =>
  h(
    "section",
    null,
    h("h3", null, title),
    value == null || value === ""
      ? h("p", { class: "inspector-none" }, "empty")
      : h("pre", null, coloured(value)),
  );
