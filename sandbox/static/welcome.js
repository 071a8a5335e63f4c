/** What a page says before there is anything to show. */

import { fillComposer } from "./composer.js";
import { h } from "./dom.js";
import { appConversation, conversation, store } from "./store.js";
import { avatar, conversationMark, conversationName, personName } from "./names.js";

/** Greets who has not yet chosen whom to be. */
export const welcome = (picker) =>
  h(
    "div",
    { class: "welcome" },
    h("h1", null, `Try ${store.app.name} here`),
    h(
      "p",
      null,
      `This is a small Slack on your own machine, with ${store.app.name} installed and sample people in it. Nothing leaves it. Choose whom you want to be; you can change at any time.`,
    ),
    picker,
    h(
      "p",
      { class: "welcome-hint" },
      "To be somebody new, type a name that nobody has. Open this page in a second tab to be a second person at the same time.",
    ),
  );

const commandList = () =>
  h(
    "div",
    { class: "command-cards" },
    store.app.commands.map((one) =>
      h(
        "button",
        { type: "button", class: "command-card", onclick: () => fillComposer(`${one.command} `) },
        h("strong", null, one.command),
        one.usage_hint && h("span", { class: "command-hint" }, ` ${one.usage_hint}`),
        h("span", { class: "command-about" }, one.description),
      ),
    ),
  );

const head = (mark, title, ...text) =>
  h(
    "div",
    { class: "beginning-inner" },
    h("div", { class: "beginning-title" }, mark, h("h2", null, title)),
    ...text,
  );

/** What stands above the first message of a conversation. */
export function beginning(id) {
  const one = conversation(id);
  if (!one) return null;
  if (one === appConversation())
    return head(
      avatar(store.app.bot_user, "large"),
      store.app.name,
      h(
        "p",
        null,
        `You are ${personName(store.me)}. This is your conversation with ${store.app.name}; only the two of you see it. Type / below, or begin with one of its commands:`,
      ),
      commandList(),
    );
  const name = conversationName(one);
  const mark = h("span", { class: "beginning-mark" }, conversationMark(one));
  if (one.kind === "channel" || one.kind === "private")
    return head(mark, name, h("p", null, one.topic || `This is the beginning of the channel ${name}.`));
  return head(mark, name, h("p", null, `This is the beginning of your conversation with ${name}.`));
}
