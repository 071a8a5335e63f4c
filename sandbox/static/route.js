/** Who one is and where one looks, kept in the address: `#/U123/C456`, `#/U123/home`. Each tab has its own. */

const LAST = "sandbox.person";
const RECENT = "sandbox.recent";

/** `item` is the mail that is read: `#/U123/mail/M456`. @returns {Record<"person" | "place" | "item", string | null>} */
export function here() {
  const [, person, place, item] = location.hash.split("/").map(decodeURIComponent);
  return { person: person || null, place: place || null, item: item || null };
}

/** The address of a place as seen by a person. */
export const address = (...steps) => `#/${steps.filter(Boolean).map(encodeURIComponent).join("/")}`;

export function go(person, place) {
  location.hash = address(person, place);
}

/** Fills in the place without a step in the browser's history. */
export function settle(person, place) {
  history.replaceState(null, "", address(person, place));
}

/** Remembers a person for the next visit, newest first. */
export function remember(person) {
  localStorage.setItem(LAST, person);
  localStorage.setItem(
    RECENT,
    JSON.stringify([person, ...recent().filter((id) => id !== person)].slice(0, 6)),
  );
}

export const last = () => localStorage.getItem(LAST);

export function recent() {
  try {
    return JSON.parse(localStorage.getItem(RECENT)) ?? [];
  } catch {
    return [];
  }
}
