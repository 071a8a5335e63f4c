/** Building the page from data: text stays text, whatever it contains. */

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "inert", "tabIndex"]);

/**
 * Makes an element. Strings among the children become text nodes, so nothing that people or apps write is ever
 * read as markup. `on…` props are listeners, `data` fills the dataset, null and false leave a prop or child out.
 * @param {string} tag
 * @param {Record<string, any> | null} [props]
 * @param {...any} children
 * @returns {HTMLElement}
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

function set(node, name, value) {
  if (value == null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

/** Makes `parent` hold exactly `nodes`, moving only what is out of place: focus and scroll of the rest survive. */
export function reconcile(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.childNodes[index] !== node) parent.insertBefore(node, parent.childNodes[index] ?? null);
  });
}

/** Runs `draw`, then gives the focus back to the element with the same block and action ids under `root`. */
export function keepFocus(root, draw) {
  const before = root.contains(document.activeElement) ? document.activeElement : null;
  const block = before?.closest("[data-block]")?.dataset.block;
  const action = before?.closest("[data-action]")?.dataset.action;
  const caret = before && "selectionStart" in before ? [before.selectionStart, before.selectionEnd] : null;
  draw();
  if (!before || !action || root.contains(document.activeElement)) return;
  const same = (name, id) => `[data-${name}="${CSS.escape(id ?? "")}"]`;
  const holder = root.querySelector(`${same("block", block)} ${same("action", action)}`);
  const after = holder?.matches("input, textarea, button")
    ? holder
    : holder?.querySelector("input, textarea, button");
  after?.focus();
  if (caret && caret[0] != null && after?.setSelectionRange) after.setSelectionRange(...caret);
}

let ids = 0;

/** An id no other element of the page has. */
export const freshId = (prefix) => `${prefix}-${++ids}`;

/** A function that waits until calls have paused for `ms`, then runs once with the last arguments. */
export function debounced(ms, run) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), ms);
  };
}
