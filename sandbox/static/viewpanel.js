/** One modal view: title, blocks, close and submit, and what happens when it is sent. */

import * as api from "./api.js";
import { renderBlocks, showErrors } from "./blocks.js";
import { freshId, h } from "./dom.js";
import { complaint } from "./elements/checks.js";
import { icon } from "./icons.js";
import { failure, Surface } from "./surface.js";
import { readState, store } from "./store.js";
import { plain } from "./text.js";

export class ViewPanel {
  /** @param {object} view @param {{onDismiss: () => void}} on */
  constructor(view, { onDismiss }) {
    this.surface = new Surface({ view: view.id });
    this.titleId = freshId("title");
    this.title = h("h2", { id: this.titleId, tabIndex: -1 });
    this.body = h("div", { class: "modal-body" });
    this.banner = h("p", { class: "modal-banner", role: "alert", hidden: true });
    this.footer = h("footer", { class: "modal-footer" });
    this.node = h(
      "form",
      {
        class: "modal-panel",
        novalidate: true,
        onsubmit: (event) => this.#submit(event),
        onkeydown: (event) => this.#hurry(event),
      },
      h(
        "header",
        { class: "modal-header" },
        this.title,
        h(
          "button",
          { type: "button", class: "plain-button", "aria-label": "Dismiss", onclick: onDismiss },
          icon("close"),
        ),
      ),
      this.banner,
      this.body,
      this.footer,
    );
  }

  /** Shows the view as it is now. */
  draw(view) {
    const changed = this.view?.hash !== view.hash || this.view?.id !== view.id;
    this.view = view;
    this.title.textContent = plain(view.title);
    renderBlocks(this.body, view.blocks, this.surface);
    if (!changed) return;
    const send =
      view.submit &&
      h(
        "button",
        { type: "submit", class: "button button-primary button-submit" },
        h("span", { class: "button-text" }, plain(view.submit)),
      );
    this.footer.replaceChildren(
      h(
        "button",
        { type: "button", class: "button", onclick: () => this.leave() },
        plain(view.close) || (view.submit ? "Cancel" : "Close"),
      ),
      ...[send].filter(Boolean),
    );
    if (this.node.isConnected && !this.body.contains(document.activeElement)) this.focus();
  }

  /** Puts the focus where the app wants it, else on the first field, of radio buttons on the chosen one. */
  focus() {
    const wanted = this.view.blocks
      .flatMap((block) => [block.element, block.accessory, ...(block.elements ?? [])])
      .find((element) => element?.focus_on_load);
    const named = wanted && this.body.querySelector(`[data-action="${CSS.escape(wanted.action_id)}"]`);
    const first = this.body.querySelector(".block-input :is(input, textarea)");
    const chosen = first?.closest("[role=radiogroup]")?.querySelector(":checked");
    (named ?? chosen ?? first ?? this.title).focus();
  }

  async leave() {
    await api.close(store.me, this.view.id).catch(() => {});
    await readState();
  }

  #hurry(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.view.submit)
      this.node.requestSubmit();
  }

  async #submit(event) {
    event.preventDefault();
    if (!this.view.submit || this.node.getAttribute("aria-busy") === "true") return;
    this.#say(null);
    const slips = this.#slips();
    showErrors(this.body, slips);
    if (Object.keys(slips).length) return;
    this.#busy(true);
    try {
      const answer = await api.submit(store.me, this.view.id, this.surface.state());
      if (!answer.ok) this.#say(failure(answer));
      else if (answer.errors) this.#say(showErrors(this.body, answer.errors).join(" "));
      await readState();
    } catch (error) {
      this.#say(error.message);
    } finally {
      this.#busy(false);
    }
  }

  /** What can be seen to be wrong before the app is asked. */
  #slips() {
    const found = this.view.blocks
      .filter((block) => block.type === "input")
      .map((block) => [block.block_id, complaint(block, this.surface.value(block.block_id, block.element))]);
    return Object.fromEntries(found.filter(([, text]) => text));
  }

  #busy(running) {
    const send = this.footer.querySelector("[type=submit]");
    if (running) this.node.setAttribute("aria-busy", "true");
    else this.node.removeAttribute("aria-busy");
    if (!send) return;
    send.disabled = running;
    if (running) send.setAttribute("aria-busy", "true");
    else send.removeAttribute("aria-busy");
  }

  #say(text) {
    this.banner.textContent = text ?? "";
    this.banner.hidden = !text;
  }
}
