/** How people and conversations are called and pictured. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { store } from "./store.js";

const COLOURS = [
  "#1d6f8a",
  "#8a3b5f",
  "#3c6e3f",
  "#7a4a21",
  "#4c4fa3",
  "#9b3a33",
  "#2f6b66",
  "#6b3f8c",
  "#5d6320",
  "#a03c78",
  "#2d5f9a",
  "#7d5a12",
]; // all at least 4.5:1 against white

const SLACKBOT = "USLACKBOT";

/** The name others see for a person. */
export function personName(id) {
  const user = store.people.get(id);
  if (!user) return id === store.app.bot_user ? store.app.name : (store.mailboxes.get(id)?.name ?? id);
  return user.real_name || user.profile?.real_name || user.profile?.display_name || user.name;
}

/** Those one can be or write to, by name: neither bots nor closed accounts. */
export const humans = () =>
  [...store.people.values()]
    .filter((user) => !user.is_bot && !user.deleted && user.id !== SLACKBOT)
    .sort((a, b) => personName(a.id).localeCompare(personName(b.id)));

/** A person as an entry of a list. */
export const personChoice = (user) => ({
  key: user.id,
  text: personName(user.id),
  note: user.profile?.title || standing(user),
  also: `${user.name} ${user.profile?.email ?? ""} ${user.profile?.title ?? ""}`,
  picture: () => avatar(user.id, "small"),
  raw: user.id,
});

export const isApp = (id) => id === store.app.bot_user;

/** What a conversation is called: channels have names, others are named by who else is in them, people first. */
export function conversationName(one) {
  if (one.kind === "channel" || one.kind === "private") return one.name;
  const others = (one.members ?? [])
    .filter((id) => id !== store.me)
    .sort((a, b) => Number(isApp(a)) - Number(isApp(b)));
  if (!others.length) return one.members?.length ? `${personName(store.me)} (you)` : one.name;
  return others.map(personName).join(", ");
}

export function initials(name) {
  const words = name
    .replace(/[^\p{L}\p{N} ]/gu, " ")
    .trim()
    .split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ""]
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}

/** A colour that stays with the id. */
export function colour(id) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return COLOURS[sum % COLOURS.length];
}

/** Initials on a colour, or the mark of the app. Decorative: the name stands beside it. */
export function avatar(id, size = "") {
  const mark = isApp(id) ? icon("bolt") : initials(personName(id));
  const classes = ["avatar", size && `avatar-${size}`, isApp(id) && "avatar-app"].filter(Boolean).join(" ");
  return h(
    "span",
    { class: classes, style: `background:${isApp(id) ? "#1b7a5c" : colour(id)}`, "aria-hidden": "true" },
    mark,
  );
}

/** The sign before a conversation's name. */
export function conversationMark(one) {
  if (one.kind === "channel") return icon("hash");
  if (one.kind === "private") return icon("lock");
  const others = (one.members ?? []).filter((id) => id !== store.me);
  if (one.kind === "mpim")
    return h(
      "span",
      { class: "avatar avatar-small avatar-count", "aria-hidden": "true" },
      String(others.length),
    );
  return avatar(others[0] ?? store.me, "small");
}

/** Remarks on a person's standing in the workspace. */
export function standing(user) {
  if (user.deleted) return "account closed";
  if (user.is_owner || user.is_primary_owner) return "owner";
  if (user.is_admin) return "admin";
  return "";
}

/** The time zone of the person who looks: dates and times are shown in it. */
export const zone = () => store.people.get(store.me)?.tz || Intl.DateTimeFormat().resolvedOptions().timeZone;
