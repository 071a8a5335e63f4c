/** Radio buttons and checkboxes. */

import { h } from "../dom.js";
import { textNode } from "../text.js";

function group(field, type, role, held, read) {
  const { element } = field;
  const boxes = element.options.map((option, index) => {
    const id = `${field.id}-${index}`;
    const box = h("input", {
      type,
      id,
      name: field.id,
      checked: held.some((one) => one.value === option.value),
      "aria-describedby": option.description ? `${id}-note` : null,
      onchange: () => change(),
    });
    return { option, box, id };
  });
  const restore = (chosen) =>
    boxes.forEach(({ option, box }) => (box.checked = chosen.some((one) => one.value === option.value)));
  const change = async () => {
    const chosen = boxes.filter(({ box }) => box.checked).map(({ option }) => option);
    if (await field.answer(read(chosen), node)) held = chosen;
    else restore(held);
  };
  const node = h(
    "div",
    { role, class: "choices", ...field.groupProps(), data: { action: element.action_id } },
    boxes.map(({ option, box, id }) =>
      h(
        "div",
        { class: "choice" },
        box,
        h("label", { for: id }, textNode(option.text, "span")),
        option.description &&
          h("div", { class: "choice-note", id: `${id}-note` }, textNode(option.description, "span")),
      ),
    ),
  );
  return node;
}

export const radioButtons = (field) =>
  group(field, "radio", "radiogroup", [field.value.selected_option].filter(Boolean), ([option]) => ({
    selected_option: option ?? null,
  }));

export const checkboxes = (field) =>
  group(field, "checkbox", "group", field.value.selected_options, (chosen) => ({ selected_options: chosen }));
