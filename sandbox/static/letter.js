/** What stands in a mail: the page in a frame of its own where no script runs, the plain text, the headers. */

import * as api from "./api.js";
import { freshId, h } from "./dom.js";

// Nothing in a mail may act or load more than a mail program would let it: pictures and styles.
const POLICY = "default-src 'none'; img-src data: http: https:; style-src 'unsafe-inline'; font-src data:";
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g;

/** Tabs over the forms of a mail, the one people see first. */
export function letterBody(mail) {
  const forms = [
    mail.html && ["Message", () => page(mail)],
    [mail.html ? "Plain text" : "Message", () => plainText(mail)],
    ["Headers", () => headers(mail)],
  ].filter(Boolean);
  const panel = h("div", { class: "mail-form", role: "tabpanel" });
  const tabs = forms.map(([title, make], index) => {
    const tab = h(
      "button",
      { type: "button", role: "tab", class: "tab", id: freshId("tab"), onclick: () => choose(index, make) },
      title,
    );
    return tab;
  });
  const choose = (index, make) => {
    tabs.forEach((tab, number) => tab.setAttribute("aria-selected", String(number === index)));
    panel.setAttribute("aria-labelledby", tabs[index].id);
    panel.replaceChildren(make());
  };
  choose(0, forms[0][1]);
  return h(
    "div",
    { class: "mail-body" },
    h("div", { class: "tabs", role: "tablist", "aria-label": "Forms of this mail" }, tabs),
    panel,
    mail.attachments.length ? files(mail) : null,
  );
}

function page(mail) {
  const parsed = new DOMParser().parseFromString(mail.html, "text/html");
  const base = parsed.createElement("base");
  base.target = "_blank";
  const policy = parsed.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = POLICY;
  parsed.querySelectorAll("base, script").forEach((other) => other.remove());
  parsed.head.prepend(policy, base);
  const frame = h("iframe", {
    class: "mail-page",
    title: mail.subject || "Mail",
    // The same origin only lets us measure it: without scripts nothing in it can make use of that.
    sandbox: "allow-same-origin allow-popups allow-popups-to-escape-sandbox",
    srcdoc: `<!doctype html>${parsed.documentElement.outerHTML}`,
  });
  const fit = () => {
    const root = frame.contentDocument?.documentElement;
    if (!root) return;
    frame.style.height = "0";
    frame.style.height = `${Math.max(120, root.scrollHeight)}px`;
  };
  frame.addEventListener("load", () => {
    fit();
    new ResizeObserver(fit).observe(frame.parentElement ?? frame);
  });
  return frame;
}

function plainText(mail) {
  const text = mail.text || "There is no plain text in this mail.";
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(end, found.index), h("a", { href: found[0], target: "_blank", rel: "noopener" }, found[0]));
    end = found.index + found[0].length;
  }
  return h("pre", { class: `mail-text${mail.text ? "" : " mail-none"}` }, parts, text.slice(end));
}

const headers = (mail) =>
  h(
    "table",
    { class: "mail-headers" },
    h(
      "tbody",
      null,
      mail.headers.map(([name, value]) => h("tr", null, h("th", { scope: "row" }, name), h("td", null, value))),
    ),
  );

const files = (mail) =>
  h(
    "ul",
    { class: "mail-files", "aria-label": "Attachments" },
    mail.attachments.map((file, number) =>
      h(
        "li",
        null,
        h("a", { href: api.attachment(mail.id, number), download: file.name }, file.name),
        ` ${file.type}, ${file.size} bytes`,
      ),
    ),
  );
