/** One element in its place: what it is called, what it holds, and how its answers reach the app. */

import { freshId, h } from "../dom.js";
import { plain } from "../text.js";
import { confirmed } from "./confirm.js";

/**
 * Shows at a form's block what is wrong with its answer, or with an empty text that nothing is.
 * @param {HTMLElement} node
 * @param {string} text
 */
export function showError(node, text) {
  node.querySelector(".field-error").textContent = text;
  node.classList.toggle("block-wrong", Boolean(text));
  for (const control of node.querySelectorAll(".input, [role=combobox], .choices")) {
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

export class Field {
  /**
   * @param {import("../surface.js").Surface} surface
   * @param {object} block
   * @param {object} element
   * @param {string} [about] names an element that has no label of its own
   */
  constructor(surface, block, element, about) {
    Object.assign(this, { surface, block, element });
    this.isInput = block.type === "input";
    this.id = freshId("field");
    this.labelId = `${this.id}-label`;
    this.hintId = `${this.id}-hint`;
    this.errorId = `${this.id}-error`;
    this.name = plain(element.placeholder) || element.accessibility_label || about || "Choose";
    /** Outside a form every answer goes to the app; inside, only where the app asked for it. */
    this.tells = !this.isInput || Boolean(block.dispatch_action);
  }

  get value() {
    return this.surface.value(this.block.block_id, this.element);
  }

  /** Holds an answer. What was said about the one before does not count any more. */
  set(part) {
    this.surface.set(this.block.block_id, this.element, part);
    const wrong = document.getElementById(this.errorId)?.closest(".block-wrong");
    if (wrong) showError(wrong, "");
  }

  /** Attributes for a control that a `<label for>` can point to. */
  controlProps() {
    return this.isInput
      ? {
          id: this.id,
          "aria-describedby": `${this.hintId} ${this.errorId}`,
          "aria-required": String(!this.block.optional),
        }
      : { id: this.id, "aria-label": this.name };
  }

  /** Attributes for a group of controls. */
  groupProps() {
    return this.isInput
      ? { "aria-labelledby": this.labelId, "aria-describedby": `${this.hintId} ${this.errorId}` }
      : { "aria-label": this.name };
  }

  /**
   * Takes an answer: asks for confirmation where the app wants it, remembers it, and tells the app if it asked.
   * @param {object} part the value as in Slack's action, `{}` for a button
   * @param {HTMLElement} node shows that the request is running
   * @returns {Promise<boolean>} false when the person thought better of it
   */
  async answer(part, node) {
    if (this.tells && this.element.confirm && !(await confirmed(this.element.confirm))) return false;
    if (Object.keys(part).length) this.set(part);
    if (this.tells) await this.tell(part, node);
    return true;
  }

  /** Sends the action and shows at the block if it failed. A second press while the first runs does nothing. */
  async tell(part, node) {
    if (node.getAttribute("aria-busy") === "true") return;
    const home = node.closest("[data-block]");
    home?.querySelector(".action-error")?.remove();
    node.setAttribute("aria-busy", "true");
    const complaint = await this.surface.act(this.block.block_id, this.element, part);
    node.removeAttribute("aria-busy");
    if (complaint) home?.append(h("p", { class: "action-error", role: "alert" }, complaint));
  }
}
