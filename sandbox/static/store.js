/** What the page knows: read from the sandbox, announced to the parts that show it. */

import * as api from "./api.js";
import { present } from "./dates.js";

/**
 * `people` maps ids to users; `state` and `messages` are those of the person and the conversation looked at;
 * `notices` are sentences about failed commands, which only this page knows.
 */
export const store = {
  team: { id: "", name: "" },
  app: { id: "", name: "", bot_user: "", commands: [] },
  people: new Map(),
  me: null,
  state: { conversations: [], home: null, modals: [], unread: {} },
  channel: null,
  messages: null,
  notices: [],
  mailboxes: new Map(),
  mails: [],
  clock: { ahead: 0, can_jump: false, jump: null },
  faults: [],
};

const listeners = new Map();

/** Calls `run` whenever that part has been read: "boot", "state", "messages", "mail", "clock", "faults". */
export function on(part, run) {
  listeners.set(part, [...(listeners.get(part) ?? []), run]);
}

/** Tells everybody who shows a part that it has been read. */
export function announce(part) {
  for (const run of listeners.get(part) ?? []) run();
}

/** Reads at most one at a time; calls made meanwhile cause one more reading, so the last answer is never stale. */
export function coalesced(read) {
  let running = null;
  let again = false;
  return function refresh() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await read();
      } while (again);
    })()
      .catch((error) => {
        if (!(error instanceof api.ApiError)) reportError(error);
        // a lost connection is said by the stream, which reads all anew when it is back
      })
      .finally(() => (running = null));
    return running;
  };
}

export const readBoot = coalesced(async () => {
  const { team, app, users } = await api.boot();
  Object.assign(store, { team, app, people: new Map(users.map((user) => [user.id, user])) });
  announce("boot");
});

export const readState = coalesced(async () => {
  const person = store.me;
  const state = byMailOnly(person) ? nothing() : await api.state(person);
  if (person !== store.me) return;
  store.state = state;
  announce("state");
});

export const readMessages = coalesced(async () => {
  const { me, channel } = store;
  if (!channel || byMailOnly(me)) return;
  const { messages } = await api.messages(me, channel);
  if (me !== store.me || channel !== store.channel) return;
  store.messages = messages;
  announce("messages");
});

const nothing = () => ({ conversations: [], home: null, modals: [], unread: {} });

/** Whether somebody is not in the workspace, and known by an e-mail address alone. */
export const byMailOnly = (person) => Boolean(person?.includes("@"));

/** The e-mail address of the person one is; empty if there is none. */
export const ownAddress = () =>
  byMailOnly(store.me) ? store.me : (store.people.get(store.me)?.profile?.email ?? "").toLowerCase();

/** Becomes another person: nothing of the former one stays on the page. */
export function become(person) {
  Object.assign(store, { me: person, channel: null, messages: null, notices: [], mails: [] });
  store.state = nothing();
}

/** Looks at a conversation, or at none (the Home tab). */
export function lookAt(channel) {
  if (store.channel === channel) return;
  Object.assign(store, { channel, messages: null });
  announce("messages");
  readMessages();
}

/** Says something in place to this person alone, as Slack does when a command fails. */
export function notice(channel, text) {
  store.notices.push({ channel, text, ts: present().toFixed(6) });
  announce("messages");
}

/** The conversation with the app. */
export const appConversation = () =>
  store.state.conversations.find(
    (one) => one.kind === "im" && (one.members ?? []).includes(store.app.bot_user),
  );

export const conversation = (id) => store.state.conversations.find((one) => one.id === id);
