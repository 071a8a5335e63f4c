/** The question an app puts before an action takes effect. */

import { freshId, h } from "../dom.js";
import { plain, textNode } from "../text.js";

/**
 * Shows the app's confirmation dialog.
 * @param {object} question Slack's confirmation object
 * @returns {Promise<boolean>} whether the person agreed
 */
export function confirmed(question) {
  return new Promise((resolve) => {
    const title = freshId("confirm");
    const text = freshId("confirm");
    const settle = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const body = textNode(question.text ?? { type: "plain_text", text: "" });
    body.id = text;
    const agree = h(
      "button",
      {
        type: "button",
        class: `button button-${question.style === "danger" ? "danger" : "primary"}`,
        onclick: () => settle(true),
      },
      plain(question.confirm) || "Yes",
    );
    const dialog = h(
      "dialog",
      { class: "confirm", role: "alertdialog", "aria-labelledby": title, "aria-describedby": text },
      h("h2", { id: title }, plain(question.title)),
      body,
      h(
        "footer",
        null,
        h(
          "button",
          { type: "button", class: "button", onclick: () => settle(false) },
          plain(question.deny) || "Cancel",
        ),
        agree,
      ),
    );
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Escape") return;
      event.preventDefault();
      settle(false);
    });
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      settle(false);
    });
    document.body.append(dialog);
    dialog.showModal();
    agree.focus();
  });
}
