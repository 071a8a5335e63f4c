/** Buttons and the menu behind the three dots. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { safeAddress } from "../inline.js";
import { popup } from "../popup.js";
import { plain } from "../text.js";

function visit(url) {
  const href = url && safeAddress(url);
  if (href) window.open(href, "_blank", "noopener");
}

/** A button; one with an address opens it in a new tab and tells the app as well. */
export function button(field) {
  const { element } = field;
  const style = ["primary", "danger"].includes(element.style) ? ` button-${element.style}` : "";
  const press = async () => {
    if (node.getAttribute("aria-busy") === "true") return;
    if (!element.confirm) visit(element.url);
    if ((await field.answer({}, node)) && element.confirm) visit(element.url);
  };
  const node = h(
    "button",
    {
      type: "button",
      class: `button${style}`,
      "aria-label": element.accessibility_label,
      data: { action: element.action_id },
      onclick: press,
    },
    h("span", { class: "button-text" }, plain(element.text)),
  );
  return node;
}

/** The overflow menu: its options stand behind one small button. */
export function overflow(field) {
  const { element } = field;
  let shut = null;
  const choose = async (option) => {
    shut?.();
    node.focus();
    visit(option.url);
    await field.answer({ selected_option: option }, node);
  };
  const items = () =>
    element.options.map((option) =>
      h(
        "button",
        { type: "button", role: "menuitem", class: "option", tabIndex: -1, onclick: () => choose(option) },
        h("span", { class: "option-text" }, plain(option.text)),
        option.description && h("span", { class: "option-note" }, plain(option.description)),
      ),
    );
  const open = () => {
    if (shut) return shut();
    const menu = h("div", { role: "menu", class: "listbox menu", "aria-label": "Actions" }, items());
    menu.addEventListener("keydown", (event) => steer(event, menu, () => (shut?.(), node.focus())));
    node.setAttribute("aria-expanded", "true");
    shut = popup(node, menu, {
      align: "end",
      onClose: () => {
        shut = null;
        node.setAttribute("aria-expanded", "false");
      },
    });
    menu.firstElementChild?.focus();
  };
  const node = h(
    "button",
    {
      type: "button",
      class: "button button-icon",
      "aria-label": element.accessibility_label ?? "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      data: { action: element.action_id },
      onclick: open,
    },
    icon("more"),
  );
  return node;
}

/** Arrow keys walk a menu; Escape and Tab leave it. */
export function steer(event, menu, leave) {
  const items = [...menu.querySelectorAll('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) items[(to + items.length) % items.length]?.focus();
  else if (event.key === "Escape" || event.key === "Tab") leave();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
