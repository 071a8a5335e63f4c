/** The list above the composer: commands after a slash, people after an @. */

import { Listbox, matching } from "./listbox.js";
import { humans, personChoice } from "./names.js";
import { popup } from "./popup.js";
import { store } from "./store.js";

const isCommand = (choice) => choice.key.startsWith("/");

const commandChoices = () =>
  store.app.commands.map((one) => ({
    key: one.command,
    text: `${one.command} ${one.usage_hint ?? ""}`.trim(),
    note: one.description,
  }));

/** What the text before the cursor asks to be completed: a command, a person, or nothing. */
function groupsFor(before) {
  if (/^\/\S*$/.test(before))
    return [
      {
        label: `Commands of ${store.app.name}`,
        choices: commandChoices().filter((choice) => choice.key.startsWith(before)),
      },
    ];
  const at = /(?:^|\s)@([^@\n]{0,30})$/.exec(before);
  return at ? matching([{ label: "People", choices: humans().map(personChoice) }], at[1]) : [];
}

export class Suggestions {
  /** People picked so far: `@Name` and id. */
  picked = new Map();

  #close = null;
  #walked = false;

  /** @param {HTMLTextAreaElement} area @param {HTMLElement} frame @param {() => void} onChange */
  constructor(area, frame, onChange) {
    Object.assign(this, { area, frame, onChange });
    this.list = new Listbox({ label: "Commands and people", onPick: (choice) => this.#complete(choice) });
    this.list.node.addEventListener("active", () => this.#describe());
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.list.node.id);
    area.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return this.#close !== null;
  }

  /** Shows what fits the text before the cursor, or nothing. */
  offer() {
    const groups = groupsFor(this.area.value.slice(0, this.area.selectionStart));
    if (!groups.some((group) => group.choices.length)) return this.close();
    this.#walked = false;
    this.#close ??= popup(this.frame, this.list.node, {
      above: true,
      matchWidth: true,
      onClose: () => {
        this.#close = null;
        this.#describe();
      },
    });
    this.list.fill(groups);
  }

  close() {
    this.#close?.();
  }

  /** Takes a key while the list is open; false if it means something else. A whole command is sent by Enter. */
  key({ key }) {
    const whole = !this.#walked && store.app.commands.some((one) => one.command === this.area.value.trim());
    if (key === "ArrowDown" || key === "ArrowUp") {
      this.#walked = true;
      this.list.move(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Tab" || (key === "Enter" && !whole)) this.list.pick();
    else if (key === "Escape") this.close();
    else return false;
    return true;
  }

  #complete(choice) {
    const { area } = this;
    const before = area.value.slice(0, area.selectionStart);
    const start = isCommand(choice) ? 0 : before.lastIndexOf("@");
    const name = isCommand(choice) ? choice.key : `@${choice.text}`;
    if (!isCommand(choice)) this.picked.set(name, choice.key);
    const done = `${before.slice(0, start)}${name} `;
    area.value = done + area.value.slice(before.length).trimStart();
    area.setSelectionRange(done.length, done.length);
    this.close();
    this.onChange();
  }

  #describe() {
    if (this.isOpen && this.list.activeId)
      this.area.setAttribute("aria-activedescendant", this.list.activeId);
    else this.area.removeAttribute("aria-activedescendant");
  }
}
