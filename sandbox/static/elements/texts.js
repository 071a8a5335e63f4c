/** Fields to write in: one line or many, numbers, addresses, links. */

import { debounced, h } from "../dom.js";
import { plain } from "../text.js";

const TYPES = { email_text_input: "email", url_text_input: "url" };
const TYPING_PAUSE = 400;

/** How many characters are left, said once it matters. */
function counter(element, input) {
  if (!element.max_length) return { node: null, count: () => {} };
  const node = h("span", { class: "counter" });
  const count = () => {
    const left = element.max_length - input.value.length;
    node.textContent = left < 0 ? `${-left} too many` : `${left} left`;
    node.classList.toggle("counter-over", left < 0);
    node.classList.toggle("counter-near", left < element.max_length * 0.2);
  };
  return { node, count };
}

/** Any text field. It tells the app while typing or at Enter, as the app has asked. */
export function textField(field) {
  const { element } = field;
  const many = element.multiline === true;
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const part = () => ({ value: input.value === "" ? null : input.value });
  const pause = debounced(TYPING_PAUSE, () => field.tell(part(), node));
  const input = h(many ? "textarea" : "input", {
    ...(many
      ? { rows: 4 }
      : { type: "text", inputmode: { number_input: "decimal", ...TYPES }[element.type] }),
    ...field.controlProps(),
    class: "input",
    autocomplete: "off",
    placeholder: plain(element.placeholder),
    value: field.value.value ?? "",
    data: { action: element.action_id },
    oninput: () => {
      field.set(part());
      count();
      if (field.tells && when.includes("on_character_entered")) pause();
    },
    onkeydown: (event) => {
      if (
        event.key !== "Enter" ||
        many ||
        event.isComposing ||
        !field.tells ||
        !when.includes("on_enter_pressed")
      )
        return;
      event.preventDefault();
      field.answer(part(), node);
    },
  });
  const { node: left, count } = counter(element, input);
  count();
  const node = h("div", { class: "text-field" }, input, left);
  return node;
}

const section = (text) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
});

const textOf = (value) =>
  (value?.elements ?? [])
    .map((part) => (part.elements ?? []).map((piece) => piece.text ?? "").join(""))
    .join("\n");

/** A rich text field, here without styles: what is written becomes one section. */
export function richTextField(field) {
  const input = h("textarea", {
    rows: 4,
    ...field.controlProps(),
    class: "input",
    placeholder: plain(field.element.placeholder),
    value: textOf(field.value.rich_text_value),
    data: { action: field.element.action_id },
    oninput: () => field.set({ rich_text_value: input.value ? section(input.value) : null }),
  });
  return h("div", { class: "text-field" }, input);
}
