/** A person's card, opened from a name in a message. */

import * as api from "./api.js";
import { present, timeOf } from "./dates.js";
import { h } from "./dom.js";
import { confirmed } from "./elements/confirm.js";
import { avatar, personName, standing } from "./names.js";
import { popup } from "./popup.js";
import { go } from "./route.js";
import { readBoot, readState, store } from "./store.js";

/** Opens the card of whoever a pressed name stands for, anywhere in `root`. */
export function startProfiles(root) {
  root.addEventListener("click", (event) => {
    const name = event.target.closest("[data-person]");
    if (name) show(name, name.dataset.person);
  });
}

function show(anchor, id) {
  const user = store.people.get(id);
  if (!user) return;
  const act = (run) => async () => {
    shut();
    await run();
  };
  const item = (text, run, style = "") =>
    h("button", { type: "button", class: `button ${style}`, onclick: act(run) }, text);
  const now = user.tz && timeOf(present(), user.tz);
  const card = h(
    "div",
    { class: "card", role: "dialog", "aria-label": personName(id) },
    h(
      "div",
      { class: "card-head" },
      avatar(id, "large"),
      h(
        "div",
        null,
        h("strong", null, personName(id)),
        h("div", { class: "card-note" }, user.profile?.title || standing(user)),
      ),
    ),
    h(
      "dl",
      null,
      user.profile?.email && [h("dt", null, "E-mail"), h("dd", null, user.profile.email)],
      now && [h("dt", null, "Local time"), h("dd", null, `${now} (${user.tz})`)],
      [h("dt", null, "Id"), h("dd", null, id)],
      user.deleted && [h("dt", null, "Account"), h("dd", null, "closed")],
    ),
    !user.is_bot &&
      !user.deleted &&
      id !== store.me &&
      h(
        "div",
        { class: "card-actions" },
        item("Be this person", () => go(id), "button-primary"),
        item("Write to them", () => write(id)),
        item("Close account", () => closeAccount(id)),
      ),
  );
  card.addEventListener("keydown", (event) => event.key === "Escape" && (shut(), anchor.focus()));
  const shut = popup(anchor, card);
  card.querySelector("button")?.focus();
}

/** Closes a person's account, as an owner of the workspace would; the app hears of it. */
async function closeAccount(id) {
  const question = {
    title: { type: "plain_text", text: `Close the account of ${personName(id)}?` },
    text: { type: "plain_text", text: "Nobody can be this person any more. The app is told." },
    confirm: { type: "plain_text", text: "Close account" },
    style: "danger",
  };
  if (!(await confirmed(question))) return;
  await api.deactivate(id);
  await readBoot();
}

/** Opens the direct conversation with a person. */
export async function write(...ids) {
  const { channel } = await api.open(store.me, ids);
  await readState();
  go(store.me, channel);
}
