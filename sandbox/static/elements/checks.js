/** What is checked before a form is sent, so that a slip never costs a round trip. */

const letters = (count) => `${count} ${count === 1 ? "character" : "characters"}`;

function length(element, value) {
  if (element.max_length && value.length > element.max_length)
    return `This is too long: ${letters(element.max_length)} at most, ${value.length - element.max_length} too many.`;
  if (element.min_length && value.length < element.min_length)
    return `This is too short: ${letters(element.min_length)} at least.`;
  return null;
}

function number(element, value) {
  const given = Number(value);
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(value.trim())) return "Enter a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(given)) return "Enter a whole number.";
  if (element.min_value != null && given < Number(element.min_value))
    return `Enter ${element.min_value} or more.`;
  if (element.max_value != null && given > Number(element.max_value))
    return `Enter ${element.max_value} or less.`;
  return null;
}

const RULES = {
  plain_text_input: length,
  number_input: number,
  email_text_input: (_, value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim())
      ? null
      : "Enter an e-mail address, such as name@example.org.",
  url_text_input: (_, value) =>
    /^https?:\/\/[^\s/]+/.test(value.trim()) ? null : "Enter a link that starts with https://.",
};

const holdsNothing = (value) =>
  Object.entries(value).every(
    ([part, held]) => part === "type" || held == null || held === "" || held.length === 0,
  );

/**
 * The sentence to show at a field, or null when it may be sent.
 * @param {object} block an input block
 * @param {object} value the element's value in the view's state
 */
export function complaint(block, value) {
  if (holdsNothing(value)) return block.optional ? null : "Please fill in this field.";
  return RULES[block.element.type]?.(block.element, String(value.value)) ?? null;
}
