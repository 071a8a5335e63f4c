/** The client API of the sandbox, one function per call (docs/sandbox.md). */

/** An answer of 4xx or 5xx, or none at all; `message` says what to do. */
export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function call(path, { query, body } = {}) {
  const address = query ? `/client/${path}?${new URLSearchParams(query)}` : `/client/${path}`;
  const request = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(address, request);
  } catch {
    throw new ApiError("unreachable", "The sandbox does not answer. Is it still running?");
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new ApiError(
    answer.error ?? `http_${response.status}`,
    answer.message ?? "The sandbox refused this.",
  );
}

const post = (path, body) => call(path, { body });

export const boot = () => call("boot");
export const state = (as) => call("state", { query: { as } });
export const messages = (as, channel) => call("messages", { query: { as, channel } });
export const mailboxes = () => call("mailboxes");
export const mails = (address) => call("mails", { query: { address } });
export const mail = (id) => call(`mails/${encodeURIComponent(id)}`);
export const clock = () => call("clock");
export const faults = () => call("faults");
export const attachment = (id, number) => `/client/mails/${encodeURIComponent(id)}/attachments/${number}`;
export const log = (after, limit = 200) => call("log", { query: { after, limit } });

export const command = (as, channel, name, text) => post("command", { as, channel, command: name, text });
export const action = (body) => post("action", body);
export const suggest = (body) => post("suggest", body);
export const submit = (as, view, values) => post("submit", { as, view, state: values });
export const close = (as, view) => post("close", { as, view });
export const home = (as) => post("home", { as });
export const say = (as, channel, text) => post("say", { as, channel, text });
export const open = (as, users) => post("open", { as, users });
export const read = (as, channel) => post("read", { as, channel });
export const readMail = (id) => post(`mails/${encodeURIComponent(id)}/read`, {});
export const unsubscribe = (id) => post(`mails/${encodeURIComponent(id)}/unsubscribe`, {});
export const jump = (seconds) => post("jump", { seconds });
export const faultOn = (fault) => post("faults", fault);
export const faultOff = (id) => post("faults/off", { id });
export const addUsers = (users) => post("users", { users });
export const deactivate = (user) => post(`users/${encodeURIComponent(user)}/deactivate`, {});
