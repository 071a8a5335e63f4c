/** Faults: what goes wrong on purpose, said plainly while it does, and switched on and off. */

import * as api from "./api.js";
import { h, reconcile } from "./dom.js";
import { FORMS, sentence } from "./faultforms.js";
import { icon } from "./icons.js";
import { popup } from "./popup.js";
import { announce, coalesced, on, store } from "./store.js";

const LOOK_AGAIN_AFTER = 1000;
let ending = null;

/** Reads which faults are on, and again while one of them ends by itself. */
export const readFaults = coalesced(async () => {
  ({ faults: store.faults } = await api.faults());
  announce("faults");
  clearTimeout(ending);
  if (store.faults.some((fault) => fault.remain !== null)) ending = setTimeout(readFaults, LOOK_AGAIN_AFTER);
});

const off = async (fault) => {
  await api.faultOff(fault?.id);
  await readFaults();
};

const turnOff = (fault, text = "Turn off") =>
  h("button", { type: "button", class: "button button-small", onclick: () => off(fault) }, text);

/** The bar under the top bar that says what is on. */
export function startFaultBar(bar) {
  const list = h("ul", { "aria-label": "Faults that are on" });
  const all = turnOff(null, "Turn all off");
  bar.append(icon("warning"), list, all);
  const rows = new Map();
  const row = (fault) => {
    if (!rows.has(fault.id)) rows.set(fault.id, h("li", null, h("span"), turnOff(fault)));
    rows.get(fault.id).firstChild.textContent = sentence(fault);
    return rows.get(fault.id);
  };
  const draw = () => {
    bar.hidden = !store.faults.length;
    all.hidden = store.faults.length < 2;
    reconcile(list, store.faults.map(row));
  };
  on("faults", draw);
  on("boot", draw);
}

/** The button in the top bar that opens the list of what can go wrong. */
export function faultButton() {
  let shut = null;
  const count = h("span", { class: "badge", hidden: true });
  const panel = h("div", { class: "faults-panel", role: "dialog", "aria-label": "Faults" });
  const open = () => {
    if (shut) return shut();
    fill();
    node.setAttribute("aria-expanded", "true");
    shut = popup(node, panel, {
      align: "end",
      maxHeight: 640,
      onClose: () => ((shut = null), node.setAttribute("aria-expanded", "false")),
    });
    panel.querySelector("select")?.focus();
  };
  const node = h(
    "button",
    { type: "button", class: "topbar-button", "aria-label": "Faults", "aria-expanded": "false", onclick: open },
    icon("warning"),
    h("span", null, "Faults"),
    count,
  );
  panel.addEventListener("keydown", (event) => event.key === "Escape" && (shut?.(), node.focus()));

  const fill = () => {
    const wrong = h("p", { class: "faults-wrong", role: "alert", hidden: true });
    const fields = h("div", { class: "faults-fields" });
    const kind = h(
      "select",
      { id: "fault-kind", onchange: () => reconcile(fields, FORMS[kind.value].fields()) },
      Object.entries(FORMS).map(([value, form]) => h("option", { value }, form.title)),
    );
    const ends = h(
      "select",
      { id: "fault-ends", onchange: () => (amount.hidden = !ends.value) },
      h("option", { value: "times" }, "after so many times"),
      h("option", { value: "lasting" }, "after so many seconds"),
      h("option", { value: "" }, "when I turn it off"),
    );
    const amount = h("input", { type: "number", min: "1", value: "1", "aria-label": "How many", class: "faults-number" });
    const form = h(
      "form",
      {
        class: "faults-form",
        onsubmit: async (event) => {
          event.preventDefault();
          const given = Object.fromEntries(new FormData(form));
          const end = ends.value ? { [ends.value]: Number(amount.value) } : {};
          try {
            await api.faultOn({ kind: kind.value, ...given, ...end });
            shut?.();
            node.focus();
            await readFaults();
          } catch (error) {
            wrong.textContent = error.message;
            wrong.hidden = false;
          }
        },
      },
      h("label", { for: "fault-kind" }, "What goes wrong"),
      kind,
      fields,
      h("label", { for: "fault-ends" }, "It ends"),
      h("div", { class: "faults-ends" }, ends, amount),
      wrong,
      h("button", { type: "submit", class: "button button-primary" }, "Turn on"),
    );
    reconcile(fields, FORMS[kind.value].fields());
    panel.replaceChildren(
      h("h2", null, "Faults"),
      h("p", null, `Let things go wrong as they do on bad days, and see what ${store.app.name} makes of it.`),
      form,
    );
  };

  on("faults", () => {
    count.textContent = String(store.faults.length);
    count.hidden = !store.faults.length;
    node.setAttribute("aria-label", store.faults.length ? `Faults, ${store.faults.length} on` : "Faults");
  });
  return node;
}
