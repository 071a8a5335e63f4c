/** A list to choose from, steered by the keyboard of another element: the input that filters it. */

import { freshId, h } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {{key: string, text: string, note?: string, also?: string, picture?: () => Node, raw?: any}} Choice
 * @typedef {{label?: string, choices: Choice[]}} Group
 */

export class Listbox {
  /** @param {{label?: string, multi?: boolean, onPick: (choice: Choice) => void}} options */
  constructor({ label = "Suggestions", multi = false, onPick }) {
    this.onPick = onPick;
    this.choices = [];
    this.active = -1;
    this.node = h("div", {
      role: "listbox",
      id: freshId("list"),
      class: "listbox",
      "aria-label": label,
      "aria-multiselectable": multi ? "true" : null,
      onmousedown: (event) => event.preventDefault(), // the focus stays in the input
    });
  }

  /**
   * Shows the groups; the choices named in `chosen` are marked, those named in `barred` cannot be picked.
   * @param {Group[]} groups
   * @param {{chosen?: Set<string>, barred?: (choice: Choice) => boolean, message?: string, start?: number}} [options]
   */
  fill(groups, { chosen = new Set(), barred = () => false, message = "Nothing found", start = 0 } = {}) {
    this.choices = [];
    const option = (choice) => {
      const closed = barred(choice);
      const index = closed ? -1 : this.choices.push(choice) - 1;
      const marked = chosen.has(choice.key);
      return h(
        "div",
        {
          role: "option",
          id: closed ? null : `${this.node.id}-${index}`,
          class: "option",
          "aria-label": choice.text,
          "aria-description": choice.note,
          "aria-selected": String(marked),
          "aria-disabled": closed ? "true" : null,
          onclick: () => !closed && this.onPick(choice),
          onmousemove: () => !closed && this.active !== index && this.#activate(index, false),
        },
        choice.picture?.(),
        h(
          "span",
          { class: "option-text" },
          choice.text,
          choice.note && h("span", { class: "option-note" }, choice.note),
        ),
        marked && icon("check"),
      );
    };
    const filled = groups.filter((group) => group.choices.length);
    const nodes = filled.map((group) => {
      if (!group.label) return group.choices.map(option);
      const id = freshId("group");
      return h(
        "div",
        { role: "group", "aria-labelledby": id },
        h("div", { class: "option-group", id }, group.label),
        group.choices.map(option),
      );
    });
    this.node.replaceChildren(
      ...nodes.flat(),
      ...(filled.length ? [] : [h("div", { class: "option-none", role: "status" }, message)]),
    );
    const picked = start === 0 ? this.choices.findIndex((choice) => chosen.has(choice.key)) : -1;
    this.#activate(Math.min(picked >= 0 ? picked : start, this.choices.length - 1));
  }

  get activeId() {
    return this.active >= 0 ? `${this.node.id}-${this.active}` : null;
  }

  /** Goes up or down, round the ends. */
  move(step) {
    if (this.choices.length) this.#activate((this.active + step + this.choices.length) % this.choices.length);
  }

  /** Picks what is active. */
  pick() {
    const choice = this.choices[this.active];
    if (choice) this.onPick(choice);
    return Boolean(choice);
  }

  #activate(index, scroll = true) {
    this.node.querySelector(".option-active")?.classList.remove("option-active");
    this.active = index;
    const node = index >= 0 ? this.node.querySelector(`#${this.node.id}-${index}`) : null;
    node?.classList.add("option-active");
    if (scroll) node?.scrollIntoView({ block: "nearest" });
    this.node.dispatchEvent(new CustomEvent("active"));
  }
}

/** Keeps the choices whose text, or what else they are found by, holds every word of the query. */
export function matching(groups, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (choice) => {
    const text = `${choice.text} ${choice.also ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return groups.map((group) => ({ ...group, choices: group.choices.filter(fits) }));
}
