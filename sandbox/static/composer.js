/** Where a person writes: text for the conversation, or a command for the app. */

import * as api from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { escaped } from "./mrkdwn.js";
import { conversationName } from "./names.js";
import { appConversation, conversation, notice, on, store } from "./store.js";
import { Suggestions } from "./suggestions.js";

const MAX_HEIGHT = 180;
let area;

/** Puts text into the composer and the cursor behind it. */
export function fillComposer(text) {
  area.value = text;
  area.focus();
  area.dispatchEvent(new Event("input"));
}

/** Lets the person type at once; on a phone this would only raise the keyboard. */
export const focusComposer = () => matchMedia("(pointer: fine)").matches && area.focus();

/** @param {HTMLElement} place */
export function startComposer(place) {
  const drafts = new Map();
  let draft = "";

  area = h("textarea", {
    rows: 1,
    class: "composer-text",
    oninput: () => (fit(), suggestions.offer()),
    onkeydown: (event) => key(event),
  });
  const send = h(
    "button",
    { type: "button", class: "composer-send", "aria-label": "Send message", onclick: () => submit() },
    icon("send"),
  );
  const hint = h("p", { class: "composer-hint", "aria-live": "polite" });
  const frame = h("div", { class: "composer-frame" }, area, send);
  place.append(frame, hint);

  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, MAX_HEIGHT)}px`;
    send.disabled = !area.value.trim();
    hint.textContent = usage(area.value) ?? "";
  };
  const suggestions = new Suggestions(area, frame, fit);

  const key = (event) => {
    if (event.isComposing) return;
    if (suggestions.isOpen && suggestions.key(event)) return event.preventDefault();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    submit();
  };

  const submit = () => {
    const text = area.value.trim();
    if (!text || !store.channel) return;
    area.value = "";
    suggestions.close();
    fit();
    deliver(store.channel, text, [...suggestions.picked]);
    suggestions.picked.clear();
  };

  on("messages", () => {
    const now = `${store.me} ${store.channel}`;
    if (draft === now) return;
    drafts.set(draft, area.value);
    draft = now;
    area.value = drafts.get(draft) ?? "";
    fit();
    name();
  });
  const name = () => {
    const one = conversation(store.channel);
    if (!one) return;
    const sign = ["channel", "private"].includes(one.kind) ? "#" : "";
    const to = one === appConversation() ? store.app.name : `${sign}${conversationName(one)}`;
    area.placeholder = `Message ${to}, or type / for commands`;
    area.setAttribute("aria-label", `Message ${to}`);
  };
  on("state", name);
  fit();
}

/** How the command that is being typed goes on. */
function usage(text) {
  const [, name] = /^(\/\S+)\s/.exec(text) ?? [];
  const one = store.app.commands.find((other) => other.command === name);
  return (
    one &&
    [one.command, one.usage_hint].filter(Boolean).join(" ") + (one.description ? ` · ${one.description}` : "")
  );
}

/** Names picked from the list become mentions by id; the longest first, since one may begin with another. */
const withMentions = (text, picked, mention) =>
  picked
    .sort(([a], [b]) => b.length - a.length)
    .reduce((result, [name, id]) => result.replaceAll(name, mention(id)), text);

async function deliver(channel, text, picked) {
  const { me } = store;
  try {
    const [, name, rest] = /^(\/\S+)\s*([\s\S]*)$/.exec(text) ?? [];
    if (!name) {
      const names = picked.map(([said, id]) => [escaped(said), id]);
      return await api.say(
        me,
        channel,
        withMentions(escaped(text), names, (id) => `<@${id}>`),
      );
    }
    if (!store.app.commands.some((one) => one.command === name))
      return notice(channel, `${name} is not a command of ${store.app.name}. Type / to see those there are.`);
    const said = withMentions(rest, picked, (id) => `<@${id}|${store.people.get(id).name}>`);
    const answer = await api.command(me, channel, name, said);
    if (!answer.ok) notice(channel, explained(name, answer));
  } catch (error) {
    notice(channel, error.message);
  }
}

const explained = (name, { error: code, message }) =>
  code === "operation_timeout"
    ? `${name} failed: ${store.app.name} did not respond in time (${code}). Try again in a moment.`
    : `${name} failed: ${store.app.name} could not be reached or refused it (${code}). ${message ?? "Is it running?"}`;
