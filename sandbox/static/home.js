/** The app's Home tab. */

import * as api from "./api.js";
import { renderBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { avatar } from "./names.js";
import { on, store } from "./store.js";
import { Surface } from "./surface.js";

/** @param {HTMLElement} place */
export function startHome(place) {
  const blocks = h("div", { class: "blocks home-blocks" });
  const empty = h("div", { class: "empty", hidden: true });
  place.append(blocks, empty);
  let surface = null;
  let key = null;

  const draw = () => {
    const view = store.state.home;
    const now = view && `${store.me} ${view.id}`;
    if (now !== key) {
      key = now;
      surface = view && new Surface({ view: view.id });
      blocks.replaceChildren();
    }
    empty.hidden = Boolean(view?.blocks.length);
    if (!empty.hidden)
      empty.replaceChildren(
        avatar(store.app.bot_user, "large"),
        h("h2", null, "Nothing here yet"),
        h(
          "p",
          null,
          `${store.app.name} has not drawn this tab for you. It is told that you are looking, and may answer in a moment.`,
        ),
      );
    if (view) renderBlocks(blocks, view.blocks, surface);
  };
  on("state", draw);
  on("boot", () => {
    if (surface) surface.drawn = new Map();
    draw();
  });
}

/** Tells the app that the person looks at its Home tab. */
export const lookAtHome = () => api.home(store.me).catch(() => {});
