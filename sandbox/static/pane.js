/** The middle of the page: the head of what is looked at, and either its messages or the Home tab. */

import { h, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, conversationMark, conversationName, personName } from "./names.js";
import { address, here } from "./route.js";
import { appConversation, conversation, on, ownAddress, store } from "./store.js";

/** @param {Record<"head" | "home" | "mail" | "talk", HTMLElement>} parts */
export function startPane({ head, home, mail, talk }) {
  const draw = () => {
    const { place } = here();
    const atHome = place === "home";
    const atMail = place === "mail";
    home.hidden = !atHome;
    mail.hidden = !atMail || !store.me;
    talk.hidden = atHome || atMail || !store.me;
    if (!store.me) return reconcile(head, []);
    if (atMail) return reconcile(head, mailHead());
    const app = appConversation();
    const one = conversation(place);
    if (atHome || (app && one === app)) reconcile(head, appHead(app, atHome));
    else reconcile(head, one ? conversationHead(one) : [h("h1", null, "Conversation not found")]);
  };
  on("state", draw);
  on("boot", draw);
  on("messages", draw);
  return { draw };
}

const mailHead = () => [
  h("div", { class: "pane-title" }, icon("mail"), h("h1", null, "Mailbox")),
  h("div", { class: "pane-about" }, h("span", null, ownAddress() || "no e-mail address")),
];

function appHead(app, atHome) {
  const tab = (text, place, chosen, unread) =>
    h(
      "a",
      { role: "tab", class: "tab", href: address(store.me, place), "aria-selected": String(chosen) },
      text,
      unread ? h("span", { class: "badge" }, String(unread)) : null,
    );
  return [
    h(
      "div",
      { class: "pane-title" },
      avatar(store.app.bot_user, "small"),
      h("h1", null, store.app.name),
      h("span", { class: "tag" }, "App"),
    ),
    h(
      "div",
      { class: "tabs", role: "tablist", "aria-label": store.app.name },
      tab("Home", "home", atHome),
      app && tab("Messages", app.id, !atHome, atHome ? store.state.unread[app.id] : 0),
    ),
  ];
}

function conversationHead(one) {
  const members = one.members ?? [];
  const isChannel = ["channel", "private"].includes(one.kind);
  const names = members.map((id) => (id === store.me ? "you" : personName(id))).join(", ");
  const count =
    isChannel || one.kind === "mpim"
      ? h(
          "span",
          { class: "pane-members", title: names },
          `${members.length} ${members.length === 1 ? "member" : "members"}`,
        )
      : null;
  return [
    h("div", { class: "pane-title" }, conversationMark(one), h("h1", null, conversationName(one))),
    h(
      "div",
      { class: "pane-about" },
      one.topic && h("span", { class: "pane-topic" }, one.topic),
      count,
      isChannel &&
        !one.app_is_member &&
        h("span", { class: "tag tag-quiet" }, `${store.app.name} is not in here`),
    ),
  ];
}
