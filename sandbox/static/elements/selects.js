/** The ten kinds of select: five sources of choices, each for one answer or several. */

import { conversationMark, conversationName, humans, personChoice } from "../names.js";
import { matching } from "../listbox.js";
import { store } from "../store.js";
import { failure } from "../surface.js";
import { plain } from "../text.js";
import { Combobox } from "./combobox.js";

const EXTERNAL_DELAY = 200;
const MIN_QUERY = 3; // Slack's own, where the app names none

const optionChoice = (option) => ({
  key: option.value,
  text: plain(option.text),
  note: option.description && plain(option.description),
  raw: option,
});

const optionGroups = (source) =>
  source.option_groups
    ? source.option_groups.map((group) => ({
        label: plain(group.label),
        choices: group.options.map(optionChoice),
      }))
    : [{ choices: (source.options ?? []).map(optionChoice) }];

function conversationChoice(id) {
  const one = store.state.conversations.find((other) => other.id === id);
  return {
    key: id,
    text: one ? conversationName(one) : id,
    picture: one && (() => conversationMark(one)),
    raw: id,
  };
}

const alphabetical = (choices) => choices.sort((a, b) => a.text.localeCompare(b.text));

const KINDS = { im: "im", mpim: "mpim", channel: "public", private: "private" };

function conversations(element) {
  const include = element.filter?.include;
  return store.state.conversations.filter(
    (one) =>
      (!include || include.includes(KINDS[one.kind])) &&
      !(element.filter?.exclude_bot_users && one.kind === "im" && one.members?.includes(store.app.bot_user)),
  );
}

const given = (groups) => async (query) => ({ groups: matching(groups(), query) });

/** For each source: the name of the value's part, what it makes of a held value, and where choices come from. */
const SOURCES = {
  static: {
    part: "option",
    choice: optionChoice,
    load: ({ element }) => given(() => optionGroups(element)),
  },
  external: {
    part: "option",
    choice: optionChoice,
    load:
      ({ surface, block, element }) =>
      async (query) => {
        const least = element.min_query_length ?? MIN_QUERY;
        if (query.length < least) return { groups: [], message: `Type ${least} or more characters` };
        try {
          const answer = await surface.suggest(block.block_id, element, query);
          return answer.ok === false
            ? { groups: [], message: failure(answer) }
            : { groups: optionGroups(answer) };
        } catch (error) {
          return { groups: [], message: `The options could not be loaded. ${error.message}` };
        }
      },
  },
  users: {
    part: "user",
    choice: (id) => personChoice(store.people.get(id) ?? { id }),
    load: () => given(() => [{ choices: humans().map(personChoice) }]),
  },
  conversations: {
    part: "conversation",
    choice: conversationChoice,
    load: ({ element }) =>
      given(() => [
        { choices: alphabetical(conversations(element).map((one) => conversationChoice(one.id))) },
      ]),
  },
  channels: {
    part: "channel",
    choice: conversationChoice,
    load: () =>
      given(() => [
        {
          choices: alphabetical(
            store.state.conversations
              .filter((one) => one.kind === "channel")
              .map((one) => conversationChoice(one.id)),
          ),
        },
      ]),
  },
};

/** @param {import("./field.js").Field} field of any select type, such as `multi_users_select` */
export function select(field) {
  const { element } = field;
  const multi = element.type.startsWith("multi_");
  const source = SOURCES[element.type.replace("multi_", "").replace("_select", "")];
  const part = multi ? `selected_${source.part}s` : `selected_${source.part}`;
  const held = [field.value[part] ?? []].flat();
  const box = new Combobox({
    props: { ...field.controlProps(), data: { action: element.action_id } },
    placeholder: plain(element.placeholder) || (multi ? "Choose one or more" : "Choose one"),
    multi,
    max: element.max_selected_items,
    clearable: field.isInput && field.block.optional,
    delay: source === SOURCES.external ? EXTERNAL_DELAY : 0,
    chosen: held.map(source.choice),
    load: source.load(field),
    onChange: (chosen) =>
      field.answer({ [part]: multi ? chosen.map((one) => one.raw) : (chosen[0]?.raw ?? null) }, box.node),
  });
  return box.node;
}
