/** The time in the sandbox, which may be ahead of the present; and the button that jumps further ahead. */

import * as api from "./api.js";
import { inFull, present, setAhead, shortMoment } from "./dates.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { zone } from "./names.js";
import { popup } from "./popup.js";
import { announce, coalesced, on, store } from "./store.js";

const LOOK_EVERY = 10_000;
const JUMPS = [
  ["1 hour", 3600],
  ["1 day", 86_400],
  ["3 days", 3 * 86_400],
  ["1 week", 7 * 86_400],
];

/** Reads the clock of the sandbox. */
export const readClock = coalesced(async () => {
  store.clock = await api.clock();
  setAhead(store.clock.ahead);
  announce("clock");
});

const jumping = () => store.clock.jump && store.clock.jump.code === null;

/** The button in the top bar that says what time it is and opens the jumps. */
export function clockButton() {
  const label = h("span", { class: "clock-time" });
  const panel = h("div", { class: "clock-panel", role: "dialog", "aria-label": "Jump ahead in time" });
  let shut = null;

  const open = () => {
    if (shut) return shut();
    drawPanel();
    node.setAttribute("aria-expanded", "true");
    shut = popup(node, panel, {
      align: "end",
      maxHeight: 520,
      onClose: () => ((shut = null), node.setAttribute("aria-expanded", "false")),
    });
  };
  const node = h(
    "button",
    { type: "button", class: "topbar-button clock", "aria-expanded": "false", hidden: true, onclick: open },
    icon("clock"),
    label,
  );
  panel.addEventListener("keydown", (event) => event.key === "Escape" && (shut?.(), node.focus()));

  const jump = async (seconds) => {
    try {
      await api.jump(seconds);
    } catch (error) {
      how.replaceChildren(h("p", { class: "clock-wrong", role: "alert" }, error.message));
      return;
    }
    await readClock();
  };

  const now = h("p", { class: "clock-now" });
  const buttons = JUMPS.map(([text, seconds]) =>
    h("button", { type: "button", class: "button", onclick: () => jump(seconds) }, text),
  );
  const how = h("div", { class: "clock-outcome" });
  panel.append(
    now,
    h(
      "p",
      null,
      "Jump ahead, and what falls due on the way happens in its order: reminders, deadlines, messages. Everybody here goes along. There is no way back.",
    ),
    h("div", { class: "clock-jumps" }, buttons),
    how,
  );

  const drawPanel = () => {
    now.textContent = inFull(present(), zone());
    for (const button of buttons) button.disabled = Boolean(jumping());
    how.replaceChildren(...outcome());
  };

  const draw = () => {
    node.hidden = !store.clock.can_jump;
    label.textContent = jumping()
      ? `${shortMoment(present(), zone())} → ${shortMoment(store.clock.jump.to, zone())}`
      : shortMoment(present(), zone());
    node.setAttribute("aria-label", `Time in the sandbox: ${label.textContent}`);
    node.setAttribute("aria-busy", String(Boolean(jumping())));
    if (shut) drawPanel();
  };
  on("clock", draw);
  on("state", draw);
  setInterval(draw, LOOK_EVERY);
  return node;
}

/** How the last jump went. */
function outcome() {
  const { jump } = store.clock;
  if (!jump) return [];
  const said = jump.said.length ? h("pre", { class: "clock-said" }, jump.said.join("\n")) : null;
  const to = shortMoment(jump.to, zone());
  const status = {
    wait: () => h("p", { class: "clock-wait", role: "status" }, `On the way to ${to}…`),
    done: () => h("p", { role: "status" }, `Arrived at ${to}.`),
    wrong: () =>
      h("p", { class: "clock-wrong", role: "alert" }, `The jump to ${to} did not go well (code ${jump.code}).`),
  }[jump.code === null ? "wait" : jump.code === 0 ? "done" : "wrong"];
  return [status(), said].filter(Boolean);
}
