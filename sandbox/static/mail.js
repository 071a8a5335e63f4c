/** A mailbox: the list of mails, and the one that is read. */

import * as api from "./api.js";
import { inFull, shortMoment, timeOf, dayOf, present } from "./dates.js";
import { h, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { letterBody } from "./letter.js";
import { zone } from "./names.js";
import { address, here } from "./route.js";
import { announce, coalesced, on, ownAddress, store } from "./store.js";

/** Reads which mailboxes there are, and the mails in one's own. */
export const readMail = coalesced(async () => {
  const { mailboxes } = await api.mailboxes();
  store.mailboxes = new Map(mailboxes.map((box) => [box.address, box]));
  const own = ownAddress();
  const { mails } = own ? await api.mails(own) : { mails: [] };
  if (own === ownAddress()) store.mails = mails;
  announce("mail");
});

/** How many mails in one's own mailbox have not been read. */
export const unreadMail = () => store.mails.filter((mail) => mail.unread).length;

/** Draws the mailbox into `place` while one looks at it. */
export function startMail(place) {
  const list = h("div", { class: "mail-list", role: "list", "aria-label": "Mails" });
  const reading = h("article", { class: "mail-reading", "aria-label": "Mail" });
  place.append(list, reading);
  let opened = null;
  const rows = new Map();

  const draw = () => {
    const { place: at, item } = here();
    if (at !== "mail") return;
    const chosen = item ?? null;
    place.classList.toggle("mail-one", Boolean(chosen));
    reconcile(list, store.mails.length ? store.mails.map((mail) => row(mail, chosen)) : [none()]);
    if (!chosen) {
      opened = null;
      reconcile(reading, [h("p", { class: "mail-none" }, store.mails.length ? "Choose a mail to read it." : "")]);
    } else if (opened !== chosen) open(chosen);
  };

  const row = (mail, chosen) => {
    const current = mail.id === chosen;
    const key = JSON.stringify([mail, current, store.me, dayOf(present(), zone())]);
    if (rows.get(mail.id)?.key !== key)
      rows.set(mail.id, {
        key,
        node: h(
          "div",
          { role: "listitem" },
          h(
            "a",
            {
              class: `mail-row${mail.unread ? " mail-unread" : ""}`,
              href: address(store.me, "mail", mail.id),
              "aria-current": current ? "true" : null,
            },
            h("span", { class: "mail-from" }, mail.from.name || "unknown sender"),
            h("time", { class: "mail-at" }, when(mail.at)),
            h("span", { class: "mail-subject" }, mail.subject || "(no subject)"),
            h("span", { class: "mail-preview" }, mail.preview),
            mail.unread && h("span", { class: "mail-mark", role: "img", "aria-label": "unread" }),
          ),
        ),
      });
    return rows.get(mail.id).node;
  };

  const open = async (id) => {
    opened = id;
    let mail = null;
    try {
      ({ mail } = await api.mail(id));
    } catch {
      if (opened === id) reconcile(reading, [h("p", { class: "mail-none" }, "This mail is not there.")]);
      return;
    }
    if (opened !== id) return;
    reconcile(reading, [head(mail, () => open(id)), letterBody(mail)]);
    reading.scrollTop = 0;
    if (mail.unread) await api.readMail(id);
  };

  for (const part of ["mail", "boot", "clock"]) on(part, draw);
  addEventListener("hashchange", draw);
  return { draw };
}

const when = (at) =>
  dayOf(at, zone()) === dayOf(present(), zone()) ? timeOf(at, zone()) : shortMoment(at, zone());

const none = () =>
  h(
    "p",
    { class: "mail-none" },
    ownAddress()
      ? `No mail yet. What ${store.app.name} sends to ${ownAddress()} arrives here.`
      : "This person has no e-mail address.",
  );

function head(mail, again) {
  const line = (title, text) => [h("dt", null, title), h("dd", null, text)];
  return h(
    "header",
    { class: "mail-head" },
    h(
      "a",
      { class: "mail-back button button-small", href: address(store.me, "mail") },
      "All mail",
    ),
    h("div", { class: "mail-title" }, h("h2", null, mail.subject || "(no subject)"), unsubscribe(mail, again)),
    h(
      "dl",
      null,
      line("From", mail.from.name === mail.from.address ? mail.from.address : `${mail.from.name} <${mail.from.address}>`),
      line("To", mail.address),
      line("Sent", inFull(mail.at, zone())),
    ),
  );
}

/** The button that mail programs show for mail with a one-click link (RFC 8058). */
function unsubscribe(mail, again) {
  if (!mail.unsubscribe) return null;
  if (mail.unsubscribed !== null)
    return h("span", { class: "mail-unsubscribed", role: "status" }, said(mail.unsubscribed));
  const press = async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      await api.unsubscribe(mail.id);
      again();
    } catch (error) {
      button.after(h("span", { class: "mail-unsubscribed", role: "alert" }, error.message));
      button.disabled = false;
    }
  };
  return h(
    "button",
    { type: "button", class: "button button-small", title: `POST ${mail.unsubscribe}`, onclick: press },
    icon("close"),
    "Unsubscribe",
  );
}

const said = (status) =>
  status >= 200 && status < 300 ? "Unsubscribed" : `Unsubscribing was answered with ${status}`;
