/** Dates and times, in the browser's own fields. */

import { fromLocal, toLocal } from "../dates.js";
import { h } from "../dom.js";
import { zone } from "../names.js";

function moment(field, type, shown, read, after) {
  const { element } = field;
  const change = async (event) => {
    const part = read(event.target.value);
    if (event.type === "input") field.set(part);
    else if (field.tells && !(await field.answer(part, node))) input.value = shown;
  };
  const input = h("input", {
    type,
    ...field.controlProps(),
    class: "input",
    value: shown,
    data: { action: element.action_id },
    oninput: change,
    onchange: change,
  });
  const node = h("div", { class: `moment moment-${type}` }, input, after);
  return node;
}

export const datepicker = (field) =>
  moment(field, "date", field.value.selected_date ?? "", (text) => ({ selected_date: text || null }));

export const timepicker = (field) =>
  moment(
    field,
    "time",
    field.value.selected_time ?? "",
    (text) => ({ selected_time: text || null }),
    field.element.timezone && h("span", { class: "moment-zone" }, field.element.timezone),
  );

/** A date with a time, entered in the person's zone, held as seconds since 1970. */
export const datetimepicker = (field) => {
  const held = field.value.selected_date_time;
  return moment(
    field,
    "datetime-local",
    held ? toLocal(held, zone()) : "",
    (text) => ({ selected_date_time: text ? fromLocal(text, zone()) : null }),
    h("span", { class: "moment-zone" }, zone()),
  );
};
