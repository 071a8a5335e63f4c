/** Draws Slack's blocks. */

import { h, keepFocus, reconcile } from "./dom.js";
import { showError } from "./elements/field.js";
import { draw, isGroup } from "./elements/index.js";
import { markdown } from "./markdown.js";
import { richText } from "./richtext.js";
import { plain, textNode } from "./text.js";

const picture = (source, props) =>
  h("img", {
    ...props,
    src: source.image_url ?? source.slack_file?.url ?? "",
    alt: source.alt_text ?? "",
    onerror: (event) => event.target.classList.add("image-missing"),
  });

function section(block, surface) {
  return [
    h(
      "div",
      { class: "section-body" },
      block.text && textNode(block.text),
      block.fields &&
        h(
          "div",
          { class: "section-fields" },
          block.fields.map((field) => textNode(field)),
        ),
    ),
    block.accessory && h("div", { class: "section-accessory" }, draw(surface, block, block.accessory).node),
  ];
}

function input(block, surface) {
  const { field, node } = draw(surface, block, block.element);
  const label = isGroup(block.element)
    ? h("span", { class: "label", id: field.labelId }, plain(block.label))
    : h("label", { class: "label", id: field.labelId, for: field.id }, plain(block.label));
  return [
    h("div", { class: "label-row" }, label, block.optional && h("span", { class: "optional" }, "(optional)")),
    node,
    h("p", { class: "field-error", id: field.errorId, role: "alert" }),
    h("p", { class: "hint", id: field.hintId }, plain(block.hint)),
  ];
}

const contextItem = (item) =>
  item.type === "image" ? picture(item, { class: "context-image" }) : textNode(item, "span");

const DRAW = {
  section,
  input,
  actions: (block, surface) => block.elements.map((element) => draw(surface, block, element).node),
  context: (block) => block.elements.map(contextItem),
  header: (block) => h("h3", null, plain(block.text)),
  divider: () => h("hr"),
  image: (block) =>
    h("figure", null, block.title && h("figcaption", null, plain(block.title)), picture(block, {})),
  rich_text: richText,
  markdown: (block) => h("div", { class: "text markdown" }, markdown(block.text)),
};

const unknown = (block) =>
  h("p", { class: "unknown" }, `The sandbox cannot show a block of type ${block.type}.`);

function blockNode(block, surface) {
  const content = [(DRAW[block.type] ?? unknown)(block, surface)].flat();
  return h("div", { class: `block block-${block.type}`, data: { block: block.block_id } }, content);
}

/**
 * Makes `container` show the blocks. A block that is the same as before keeps its node, with what is open, typed or
 * running in it; a changed one is drawn anew and takes over what was typed under the same ids.
 * @param {HTMLElement} container
 * @param {object[]} blocks
 * @param {import("./surface.js").Surface} surface
 */
export function renderBlocks(container, blocks, surface) {
  surface.adopt(blocks);
  const before = surface.drawn;
  surface.drawn = new Map();
  for (const [index, block] of blocks.entries()) {
    const key = block.block_id ?? `#${index}`;
    const json = JSON.stringify(block);
    const known = before.get(key);
    surface.drawn.set(key, known?.json === json ? known : { json, node: blockNode(block, surface) });
  }
  keepFocus(container, () =>
    reconcile(
      container,
      [...surface.drawn.values()].map(({ node }) => node),
    ),
  );
}

/** Shows sentences at the fields they are about, and clears all others. Returns those whose block is not shown. */
export function showErrors(container, errors) {
  const left = { ...errors };
  for (const node of container.querySelectorAll(".block-input")) {
    showError(node, left[node.dataset.block] ?? "");
    delete left[node.dataset.block];
  }
  const first = container.querySelector(".block-wrong");
  first?.querySelector("input, textarea")?.focus();
  first?.scrollIntoView({ block: "nearest" });
  return Object.values(left);
}
