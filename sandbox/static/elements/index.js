/** Which function draws which element. */

import { h } from "../dom.js";
import { plain } from "../text.js";
import { button, overflow } from "./button.js";
import { checkboxes, radioButtons } from "./choices.js";
import { Field } from "./field.js";
import { datepicker, datetimepicker, timepicker } from "./moments.js";
import { select } from "./selects.js";
import { richTextField, textField } from "./texts.js";

const DRAW = {
  button,
  overflow,
  radio_buttons: radioButtons,
  checkboxes,
  datepicker,
  timepicker,
  datetimepicker,
  plain_text_input: textField,
  email_text_input: textField,
  url_text_input: textField,
  number_input: textField,
  rich_text_input: richTextField,
  image: (field) =>
    h("img", { class: "accessory-image", src: field.element.image_url, alt: field.element.alt_text ?? "" }),
};

/** The element types whose label points at a group of controls rather than at one. */
const GROUPS = new Set(["radio_buttons", "checkboxes"]);

export const isGroup = (element) => GROUPS.has(element.type);

/**
 * Draws an element.
 * @param {import("../surface.js").Surface} surface
 * @param {object} block the block it stands in
 * @param {object} element
 */
export function draw(surface, block, element) {
  const field = new Field(surface, block, element, block.text && plain(block.text));
  return {
    field,
    node: (element.type.endsWith("_select") ? select : (DRAW[element.type] ?? unknown))(field),
  };
}

const unknown = ({ element }) =>
  h("span", { class: "unknown" }, `The sandbox cannot show an element of type ${element.type}.`);
