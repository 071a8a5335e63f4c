/** The stack of modals: the topmost is shown, those below wait with what was typed in them. */

import { h } from "./dom.js";
import { on, store } from "./store.js";
import { ViewPanel } from "./viewpanel.js";

const panels = new Map();

/** @param {HTMLElement} behind the page, which nobody can reach while a modal is open */
export function startModals(behind) {
  const dialog = h("dialog", { class: "modal" });
  document.body.append(dialog);
  let shown = null;
  let returnTo = null;

  const top = () => panels.get(store.state.modals.at(-1)?.id);

  const dismiss = async () => {
    for (const view of store.state.modals.toReversed()) await panels.get(view.id)?.leave();
  };

  const open = () => {
    returnTo = document.activeElement;
    behind.setAttribute("aria-hidden", "true");
    dialog.showModal();
  };

  const close = () => {
    dialog.close();
    dialog.replaceChildren();
    behind.removeAttribute("aria-hidden");
    if (returnTo?.isConnected) returnTo.focus();
  };

  const draw = () => {
    const views = store.state.modals;
    const present = new Set(views.map((view) => view.id));
    for (const id of panels.keys()) if (!present.has(id)) panels.delete(id);
    for (const view of views) {
      if (!panels.has(view.id)) panels.set(view.id, new ViewPanel(view, { onDismiss: dismiss }));
      panels.get(view.id).draw(view);
    }
    const panel = top();
    dialog.dataset.depth = String(views.length);
    if (panel === shown) return;
    shown = panel;
    if (!panel) return close();
    dialog.replaceChildren(panel.node);
    dialog.setAttribute("aria-labelledby", panel.titleId);
    if (!dialog.open) open();
    panel.focus();
  };

  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    top()?.leave();
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  on("state", draw);
  on("boot", draw);
}
