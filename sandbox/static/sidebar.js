/** The list of places: the app, channels, conversations. */

import { h, keepFocus, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { matching } from "./listbox.js";
import { avatar, conversationMark, conversationName, humans, personChoice, personName } from "./names.js";
import { Combobox } from "./elements/combobox.js";
import { address, here } from "./route.js";
import { appConversation, byMailOnly, on, store } from "./store.js";
import { unreadMail } from "./mail.js";
import { write } from "./profile.js";

/** @param {HTMLElement} nav */
export function startSidebar(nav) {
  const list = h("div", { class: "places" });
  nav.append(list);
  const links = new Map();

  const link = (key, to, mark, name, unread, place) => {
    const count = unread ? String(unread) : "";
    const json = JSON.stringify([to, name, count, store.me]);
    if (links.get(key)?.json !== json)
      links.set(key, {
        json,
        node: h(
          "a",
          { class: `place${unread ? " place-unread" : ""}`, href: to, data: { place } },
          mark,
          h("span", { class: "place-name" }, name),
          unread ? h("span", { class: "badge", "aria-label": `${count} unread` }, count) : null,
        ),
      });
    return links.get(key).node;
  };

  const place = (one) =>
    link(
      one.id,
      address(store.me, one.id),
      conversationMark(one),
      conversationName(one),
      store.state.unread[one.id],
      one.id,
    );

  const draw = () => {
    const app = appConversation();
    const others = store.state.conversations.filter((one) => one !== app);
    const channels = others
      .filter((one) => ["channel", "private"].includes(one.kind))
      .sort((a, b) => a.name.localeCompare(b.name));
    const direct = others
      .filter((one) => ["im", "mpim"].includes(one.kind))
      .sort((a, b) => Number(b.last_ts ?? 0) - Number(a.last_ts ?? 0));
    const unread = app ? store.state.unread[app.id] : 0;
    const mailbox = [
      caption("mail", "E-mail"),
      link("mail", address(store.me, "mail"), icon("mail"), "Mailbox", unreadMail(), "mail"),
    ];
    const sections = byMailOnly(store.me) ? mailbox : [
      caption("app", "App"),
      link(
        "app",
        address(store.me, app && (unread || store.state.home === null) ? app.id : "home"),
        avatar(store.app.bot_user, "small"),
        store.app.name,
        unread,
        "app",
      ),
      ...mailbox,
      caption("channels", "Channels"),
      ...channels.map(place),
      caption("direct", "Direct messages", adder),
      ...direct.map(place),
      direct.length ? null : nothing,
    ];
    keepFocus(list, () => reconcile(list, sections.filter(Boolean)));
    mark();
    document.title = `${unreadTotal() ? `(${unreadTotal()}) ` : ""}${personName(store.me)} · ${store.team.name}`;
  };

  const mark = () => {
    const { place: current } = here();
    const app = appConversation();
    for (const node of list.querySelectorAll(".place")) {
      const active =
        node.dataset.place === current ||
        (node.dataset.place === "app" && (current === "home" || current === app?.id));
      if (active) node.setAttribute("aria-current", "page");
      else node.removeAttribute("aria-current");
    }
  };

  const captions = new Map();
  const caption = (key, text, extra) => {
    if (!captions.has(key))
      captions.set(key, h("div", { class: "places-caption" }, h("h2", null, text), extra));
    return captions.get(key);
  };
  const nothing = h("p", { class: "places-none" }, "No conversations yet. Start one with +.");
  const adder = h(
    "button",
    {
      type: "button",
      class: "plain-button",
      "aria-label": "New conversation",
      onclick: () => newConversation(),
    },
    icon("plus"),
  );

  on("state", draw);
  on("mail", () => store.me && draw());
  on("boot", () => {
    links.clear();
    if (store.me) draw();
  });
  addEventListener("hashchange", mark);
}

const unreadTotal = () =>
  Object.values(store.state.unread).reduce((sum, count) => sum + count, unreadMail());

/** Asks with whom, then opens that conversation. */
function newConversation() {
  const people = () =>
    humans()
      .filter((user) => user.id !== store.me)
      .map(personChoice);
  let chosen = [];
  const box = new Combobox({
    props: { "aria-label": "To" },
    placeholder: "Names",
    multi: true,
    max: 8,
    clearable: false,
    delay: 0,
    chosen,
    load: async (query) => ({ groups: matching([{ choices: people() }], query) }),
    onChange: async (next) => ((chosen = next), (start.disabled = !next.length), true),
  });
  const leave = () => (dialog.close(), dialog.remove());
  const start = h(
    "button",
    {
      type: "button",
      class: "button button-primary",
      disabled: true,
      onclick: () => (leave(), write(...chosen.map((one) => one.key))),
    },
    "Open",
  );
  const dialog = h(
    "dialog",
    { class: "confirm", "aria-label": "New conversation" },
    h("h2", null, "New conversation"),
    box.node,
    h("footer", null, h("button", { type: "button", class: "button", onclick: leave }, "Cancel"), start),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  box.input.focus();
}
