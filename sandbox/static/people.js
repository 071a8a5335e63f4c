/** Choosing whom to be. */

import * as api from "./api.js";
import { freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { Listbox, matching } from "./listbox.js";
import { avatar, humans, personChoice, personName, standing } from "./names.js";
import { popup } from "./popup.js";
import { recent } from "./route.js";
import { readBoot, store } from "./store.js";

const ADD = "add ";

const choice = (user) => ({
  ...personChoice(user),
  note: [user.profile?.title || user.profile?.email, standing(user)].filter(Boolean).join(" · "),
});

/** Everybody one can be: those one has been lately first. */
function groups() {
  const users = humans();
  const lately = recent()
    .map((id) => users.find((user) => user.id === id))
    .filter(Boolean);
  const rest = users.filter((user) => !lately.includes(user)).map(choice);
  return [
    { label: "Recent", choices: lately.map(choice) },
    { label: "By e-mail only", choices: byMail() },
    { label: lately.length ? "Everyone else" : `Everyone (${rest.length})`, choices: rest },
  ];
}

/** Those who got mail and have no account here: one can look into their mailbox. */
const byMail = () =>
  [...store.mailboxes.values()]
    .filter((box) => !box.user)
    .map((box) => ({
      key: box.address,
      text: box.name,
      note: [box.name === box.address ? "" : box.address, box.unread ? `${box.unread} unread` : ""]
        .filter(Boolean)
        .join(" · "),
      also: box.address,
      picture: () => avatar(box.address, "small"),
    }))
    .sort((a, b) => a.text.localeCompare(b.text));

/** A name nobody has yet can be added, so that one can play somebody new. */
function withNew(found, query) {
  const name = query.trim();
  if (
    name.length < 2 ||
    query.includes("@") ||
    [...store.people.keys()].some((id) => personName(id).toLowerCase() === name.toLowerCase())
  )
    return found;
  return [
    ...found,
    { label: "New here", choices: [{ key: ADD + name, text: `Add ${name} to the workspace` }] },
  ];
}

async function chosenId({ key }) {
  if (!key.startsWith(ADD)) return key;
  const { users } = await api.addUsers([{ name: key.slice(ADD.length) }]);
  await readBoot();
  return users[0].id;
}

/**
 * A search field over a list of people.
 * @param {{onChoose: (id: string) => void, onLeave?: () => void}} on
 * @returns {{node: HTMLElement, input: HTMLInputElement, refresh: () => void}}
 */
export function peopleList({ onChoose, onLeave }) {
  const list = new Listbox({ label: "People", onPick: async (picked) => onChoose(await chosenId(picked)) });
  const refresh = () => {
    list.fill(withNew(matching(groups(), input.value), input.value), {
      chosen: new Set([store.me]),
      message: "Nobody of that name",
    });
  };
  const keys = {
    ArrowDown: () => list.move(1),
    ArrowUp: () => list.move(-1),
    Enter: () => list.pick(),
    Escape: () => onLeave?.(),
  };
  const input = h("input", {
    id: freshId("people"),
    type: "text",
    role: "combobox",
    class: "people-search",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "Search by name, role or field",
    "aria-label": "Search people",
    "aria-expanded": "true",
    "aria-controls": list.node.id,
    "aria-autocomplete": "list",
    oninput: refresh,
    onkeydown: (event) => {
      if (!keys[event.key]) return;
      keys[event.key]();
      event.preventDefault();
    },
  });
  list.node.addEventListener("active", () =>
    input.setAttribute("aria-activedescendant", list.activeId ?? ""),
  );
  const node = h(
    "div",
    { class: "people" },
    h("div", { class: "people-field" }, icon("search"), input),
    list.node,
  );
  refresh();
  return { node, input, refresh };
}

/** The button in the top bar that says whom one is and opens the list. */
export function personButton({ onChoose }) {
  let shut = null;
  const label = h("span", { class: "person-name" });
  const picture = h("span", { class: "person-picture" });
  const open = () => {
    if (shut) return shut();
    const list = peopleList({
      onChoose: (id) => (shut?.(), onChoose(id)),
      onLeave: () => (shut?.(), node.focus()),
    });
    list.node.classList.add("people-popup");
    node.setAttribute("aria-expanded", "true");
    shut = popup(node, list.node, {
      align: "end",
      maxHeight: 560,
      onClose: () => {
        shut = null;
        node.setAttribute("aria-expanded", "false");
      },
    });
    list.input.focus();
  };
  const node = h(
    "button",
    {
      type: "button",
      class: "person-button",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      onclick: open,
    },
    h("span", { class: "person-caption" }, "You are"),
    picture,
    label,
    icon("chevron"),
  );
  const refresh = () => {
    label.textContent = store.me ? personName(store.me) : "nobody yet";
    node.setAttribute("aria-label", `You are ${label.textContent}`);
    picture.replaceChildren(...(store.me ? [avatar(store.me, "small")] : []));
  };
  return { node, refresh };
}
