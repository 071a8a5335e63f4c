/** A place that holds blocks: a message, a modal or the Home tab. It remembers what was typed there. */

import * as api from "./api.js";
import { elementsOf, firstValue } from "./elements/values.js";
import { store } from "./store.js";

const SAID = {
  operation_timeout: () => `${store.app.name} did not respond in time. Try again.`,
  dispatch_failed: () => `${store.app.name} could not be reached. Try again.`,
};

/** The sentence for an answer of the client API that is not ok. */
export const failure = ({ error, message }) =>
  message
    ? `${store.app.name} answered wrongly (${error}): ${message}`
    : (SAID[error]?.() ?? `That did not work (${error}).`);

export class Surface {
  #values = new Map();

  /** @param {{message: {channel: string, ts: string}} | {view: string}} source */
  constructor(source) {
    this.source = source;
    /** Block nodes drawn so far, kept by their ids and used again while the block stays the same. */
    this.drawn = new Map();
  }

  static #key = (block, action) => JSON.stringify([block, action]);

  /** What an element holds; on first sight its initial value, which later updates under the same ids do not touch. */
  value(block, element) {
    const key = Surface.#key(block, element.action_id);
    const held = this.#values.get(key);
    if (held?.type === element.type) return held;
    const first = firstValue(element);
    if (first) this.#values.set(key, first);
    return first;
  }

  set(block, element, part) {
    this.#values.set(Surface.#key(block, element.action_id), { type: element.type, ...part });
  }

  /** Takes in the blocks shown now: values under ids that are gone are forgotten. */
  adopt(blocks) {
    const present = new Set();
    for (const block of blocks)
      for (const element of elementsOf(block)) {
        present.add(Surface.#key(block.block_id, element.action_id));
        this.value(block.block_id, element);
      }
    for (const key of this.#values.keys()) if (!present.has(key)) this.#values.delete(key);
  }

  /** `{block_id: {action_id: value}}` of everything that holds a value. */
  state() {
    const state = {};
    for (const [key, value] of this.#values) {
      const [block, action] = JSON.parse(key);
      (state[block] ??= {})[action] = value;
    }
    return state;
  }

  /** Tells the app. Returns the sentence to show if it did not work, or null. */
  async act(block, element, part) {
    const body = {
      as: store.me,
      source: this.source,
      block_id: block,
      action_id: element.action_id,
      value: part,
      state: this.state(),
    };
    try {
      const answer = await api.action(body);
      return answer.ok ? null : failure(answer);
    } catch (error) {
      return error.message;
    }
  }

  suggest(block, element, query) {
    return api.suggest({
      as: store.me,
      source: this.source,
      block_id: block,
      action_id: element.action_id,
      query,
      state: this.state(),
    });
  }
}
