/** A field with a list: one answer or several, typed, filtered, picked by mouse or keyboard. */

import { debounced, h, reconcile } from "../dom.js";
import { icon } from "../icons.js";
import { Listbox } from "../listbox.js";
import { popup } from "../popup.js";

export class Combobox {
  #close = null;
  #asked = 0;

  /**
   * @param {{props: object, placeholder: string, multi: boolean, max?: number, clearable: boolean, delay: number,
   *   chosen: import("../listbox.js").Choice[], load: (query: string) => Promise<{groups: object[], message?: string}>,
   *   onChange: (chosen: object[]) => Promise<boolean>}} options
   */
  constructor(options) {
    Object.assign(this, options);
    this.list = new Listbox({ multi: this.multi, onPick: (choice) => this.#pick(choice) });
    this.input = h("input", {
      ...this.props,
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.node.id,
      onclick: () => this.open(),
      oninput: () => this.open(true),
      onkeydown: (event) => this.#key(event),
      onblur: () => this.close(),
    });
    this.list.node.addEventListener("active", () => this.#describe());
    this.node = h("div", {
      class: `combobox${this.multi ? " combobox-multi" : ""}`,
      onmousedown: (event) => this.#grab(event),
    });
    this.#search = this.delay ? debounced(this.delay, () => this.#load()) : () => this.#load();
    this.#draw();
  }

  #search;

  get isOpen() {
    return this.#close !== null;
  }

  /** Shows the list. While nothing has been typed it holds every choice. */
  open(typed = false) {
    if (!this.isOpen) {
      this.#close = popup(this.node, this.list.node, {
        matchWidth: true,
        minWidth: 240,
        onClose: () => this.#closed(),
      });
      this.input.setAttribute("aria-expanded", "true");
      if (!this.multi && !typed) this.input.select();
      this.list.fill([], { message: "Looking…" });
      if (!typed) return this.#load();
    }
    if (typed) this.#search();
  }

  close() {
    this.#close?.();
  }

  #closed() {
    this.#close = null;
    this.#asked += 1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.#draw();
  }

  get #query() {
    const shown = this.multi ? "" : (this.chosen[0]?.text ?? "");
    return this.input.value === shown ? "" : this.input.value.trim();
  }

  /** Asks for the choices; an answer that comes after a later question is dropped. */
  async #load() {
    const turn = ++this.#asked;
    const { groups, message } = await this.load(this.#query);
    if (turn !== this.#asked || !this.isOpen) return;
    const chosen = new Set(this.chosen.map((choice) => choice.key));
    const full = this.multi && this.max && chosen.size >= this.max;
    this.list.fill(groups, { chosen, message, barred: (choice) => full && !chosen.has(choice.key) });
  }

  /** Takes a choice. Who browses may pick more; who typed has what was wanted, and the list makes way. */
  async #pick(choice) {
    const browsing = this.multi && !this.#query;
    const held = this.chosen.some((one) => one.key === choice.key);
    const next =
      this.multi && held
        ? this.chosen.filter((one) => one.key !== choice.key)
        : [...(this.multi ? this.chosen : []), choice];
    this.input.value = "";
    await this.#take(next);
    if (browsing && this.isOpen) this.#load();
    else this.close();
  }

  /** Holds `next` unless the person takes it back at a confirmation. */
  async #take(next) {
    const before = this.chosen;
    this.chosen = next;
    if (!this.multi) this.close();
    this.#draw();
    if (await this.onChange(next)) return;
    this.chosen = before;
    this.#draw();
  }

  #key(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (this.isOpen) this.list.move(key === "ArrowDown" ? 1 : -1);
      else this.open();
    } else if (key === "Enter") {
      if (this.isOpen) this.list.pick();
      else this.open();
    } else if (key === "Escape" && this.isOpen) {
      event.stopPropagation();
      this.input.value = "";
      this.close();
    } else if (key === "Backspace" && this.multi && !this.input.value && this.chosen.length) {
      this.#take(this.chosen.slice(0, -1)).then(() => this.isOpen && this.#load());
    } else return;
    event.preventDefault();
  }

  #grab(event) {
    if (event.target === this.input || event.target.closest("button")) return;
    event.preventDefault();
    this.input.focus();
    this.open();
  }

  #describe() {
    if (this.isOpen && this.list.activeId)
      this.input.setAttribute("aria-activedescendant", this.list.activeId);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #chip = (choice) =>
    h(
      "span",
      { class: "chip" },
      choice.picture?.(),
      h("span", { class: "chip-text" }, choice.text),
      h(
        "button",
        { type: "button", "aria-label": `Remove ${choice.text}`, onclick: () => this.#drop(choice) },
        icon("close"),
      ),
    );

  #drop(choice) {
    this.#take(this.chosen.filter((one) => one.key !== choice.key));
    this.input.focus();
  }

  #draw() {
    const single = this.multi ? null : this.chosen[0];
    if (!this.isOpen) this.input.value = single?.text ?? "";
    this.input.placeholder = this.multi && this.chosen.length ? "" : this.placeholder;
    const clear =
      single &&
      this.clearable &&
      h(
        "button",
        {
          type: "button",
          class: "combobox-clear",
          "aria-label": "Clear",
          onclick: () => (this.#take([]), this.input.focus()),
        },
        icon("close"),
      );
    const chips = this.multi ? this.chosen.map(this.#chip) : [single?.picture?.()];
    reconcile(this.node, [...chips, this.input, clear, icon("chevron")].filter(Boolean));
  }
}
