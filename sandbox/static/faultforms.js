/** Every kind of fault: what it is called, what has to be said about it, and what it is doing while it is on. */

import { freshId, h } from "./dom.js";
import { humans, personName } from "./names.js";

const METHODS = [
  "chat.postMessage",
  "chat.update",
  "conversations.open",
  "conversations.history",
  "views.open",
  "views.publish",
  "users.info",
];
const CODES = ["channel_not_found", "invalid_blocks", "message_not_found", "missing_scope", "internal_error"];
const REFUSALS = ["user_disabled", "cannot_dm_bot", "user_not_found", "restricted_action"];

const labelled = (text, control) => {
  control.id = freshId("fault");
  return [h("label", { for: control.id }, text), control];
};

const method = (first) =>
  labelled(
    "Calls",
    h(
      "select",
      { name: "method" },
      h("option", { value: "" }, "all methods"),
      METHODS.map((name) => h("option", { value: name, selected: name === first }, name)),
    ),
  );

const seconds = (text, value) =>
  labelled(text, h("input", { type: "number", name: "seconds", min: "0.1", step: "0.1", value }));

const anybody = () =>
  labelled(
    "About",
    h(
      "select",
      { name: "user" },
      h("option", { value: "" }, "anybody"),
      humans().map((user) => h("option", { value: user.id }, personName(user.id))),
    ),
  );

const code = () => {
  const list = freshId("codes");
  return [
    ...labelled("Answer", h("input", { type: "text", name: "error", required: true, list, value: CODES[0] })),
    h("datalist", { id: list }, CODES.map((value) => h("option", { value }))),
  ];
};

const taken = () =>
  labelled(
    "Slack takes the call",
    h("select", { name: "taken" }, h("option", { value: "" }, "no"), h("option", { value: "on" }, "yes, and answers so after")),
  );

const recipient = () =>
  labelled("Address", h("input", { type: "text", name: "address", placeholder: "everybody's", autocomplete: "off" }));

const person = () => [
  ...labelled(
    "Person",
    h(
      "select",
      { name: "user" },
      humans().map((user) => h("option", { value: user.id }, personName(user.id))),
    ),
  ),
  ...labelled(
    "Answer",
    h(
      "select",
      { name: "error" },
      REFUSALS.map((code) => h("option", { value: code }, code)),
    ),
  ),
];

const calls = (fault) => fault.method || "every call";
const about = (fault) => (fault.user ? ` about ${personName(fault.user)}` : "");
const to = (fault) => (fault.address ? `to ${fault.address}` : "to everybody");

/** Title, fields and sentence of each kind. */
export const FORMS = {
  rate_limit: {
    title: "Slack: too many calls (429)",
    fields: () => [...method("chat.postMessage"), ...seconds("Retry-After, seconds", "10")],
    says: (fault) => `Slack answers ${calls(fault)} with 429, Retry-After ${Math.ceil(fault.seconds)}`,
  },
  refused_person: {
    title: "Slack: one person cannot be reached",
    fields: person,
    says: (fault) => `Slack refuses messages to ${personName(fault.user)}: ${fault.error}`,
  },
  error: {
    title: "Slack: any other error",
    fields: () => [...method("chat.postMessage"), ...anybody(), ...code(), ...taken()],
    says: (fault) =>
      `Slack ${fault.taken ? "takes" : "refuses"} ${calls(fault)}${about(fault)}${fault.taken ? ", then answers" : ":"} ${fault.error}`,
  },
  dropped: {
    title: "Slack: takes the call, then the connection drops",
    fields: () => method("chat.postMessage"),
    says: (fault) => `Slack takes ${calls(fault)}, then drops the connection`,
  },
  broken: {
    title: "Slack: takes the call, then answers 503",
    fields: () => method("chat.postMessage"),
    says: (fault) => `Slack takes ${calls(fault)}, then answers 503`,
  },
  revoked: {
    title: "Slack: the token is revoked",
    fields: () => method(""),
    says: (fault) => `Slack answers ${calls(fault)} with token_revoked`,
  },
  slow: {
    title: "Slack: answers slowly",
    fields: () => [...method(""), ...seconds("Seconds to wait", "4")],
    says: (fault) => `Slack takes ${fault.seconds} s to answer ${calls(fault)}`,
  },
  mail_refused: {
    title: "Mail: no such recipient (550)",
    fields: recipient,
    says: (fault) => `Mail ${to(fault)} is refused: 550, no such recipient`,
  },
  mail_later: {
    title: "Mail: try again later (451)",
    fields: recipient,
    says: (fault) => `Mail ${to(fault)} is put off: 451, try again later`,
  },
  mail_dropped: {
    title: "Mail: taken, then the connection drops",
    fields: () => [],
    says: () => "Mail is taken, then the connection drops",
  },
};

/** What a fault does, and until when. */
export function sentence(fault) {
  const says = FORMS[fault.kind].says(fault);
  if (fault.left !== null) return `${says} (${fault.left} more ${fault.left === 1 ? "time" : "times"})`;
  if (fault.remain !== null) return `${says} (${Math.ceil(fault.remain)} s more)`;
  return says;
}
