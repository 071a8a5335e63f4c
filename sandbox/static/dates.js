/** Dates and times in the zone of the person who looks. Slack's timestamps are seconds since 1970. */

const DAY = 86_400;

let ahead = 0;

/** Notes by how many seconds the sandbox is ahead of this computer. */
export const setAhead = (seconds) => (ahead = seconds);

/** The seconds since 1970, as the sandbox has it. */
export const present = () => Date.now() / 1000 + ahead;

function shown(seconds, zone, options) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(new Date(seconds * 1000));
}

/** `2026-03-29`: the calendar day in that zone. */
export const dayOf = (seconds, zone) =>
  new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(new Date(seconds * 1000));

/** `09:41`. */
export const timeOf = (seconds, zone) =>
  shown(seconds, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Today, Yesterday, Tomorrow, or null. */
function nearDay(seconds, zone, now = present()) {
  const day = dayOf(seconds, zone);
  if (day === dayOf(now, zone)) return "Today";
  if (day === dayOf(now - DAY, zone)) return "Yesterday";
  if (day === dayOf(now + DAY, zone)) return "Tomorrow";
  return null;
}

/** The caption between the messages of two days. */
export const dayCaption = (seconds, zone) =>
  nearDay(seconds, zone) ??
  shown(seconds, zone, { weekday: "long", day: "numeric", month: "long", year: yearIfOther(seconds) });

const yearIfOther = (seconds) =>
  new Date(seconds * 1000).getFullYear() === new Date(present() * 1000).getFullYear() ? undefined : "numeric";

/** `Fri 1 Mar, 12:00`. */
export const shortMoment = (seconds, zone) =>
  `${shown(seconds, zone, { weekday: "short", day: "numeric", month: "short", year: yearIfOther(seconds) }).replace(",", "")}, ${timeOf(seconds, zone)}`;

/** Date and time in full, for a tooltip. */
export const inFull = (seconds, zone) => shown(seconds, zone, { dateStyle: "full", timeStyle: "short" });

function ago(seconds) {
  const distance = seconds - present();
  const [size, unit] = [
    [DAY, "day"],
    [3600, "hour"],
    [60, "minute"],
    [1, "second"],
  ].find(([size]) => Math.abs(distance) >= size) ?? [1, "second"];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(distance / size), unit);
}

const TOKENS = {
  date_num: dayOf,
  date_slash: (at, zone) => shown(at, zone, { day: "2-digit", month: "2-digit", year: "numeric" }),
  date: (at, zone) => shown(at, zone, { day: "numeric", month: "long", year: "numeric" }),
  date_short: (at, zone) => shown(at, zone, { day: "numeric", month: "short", year: "numeric" }),
  date_long: (at, zone) =>
    shown(at, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  time: timeOf,
  time_secs: (at, zone) => shown(at, zone, { timeStyle: "medium" }),
  day_divider_pretty: dayCaption,
  ago,
};

/** Fills Slack's date format, such as `{date_short_pretty} at {time}`; an unknown token stays as it is. */
export function slackDate(seconds, format, zone) {
  return format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (TOKENS[name]) return TOKENS[name](seconds, zone);
    const plain = TOKENS[name.replace(/_pretty$/, "")];
    return plain ? (nearDay(seconds, zone)?.toLowerCase() ?? plain(seconds, zone)) : whole;
  });
}

/** `2026-03-29T09:41` in that zone, as a date field takes it. */
export const toLocal = (seconds, zone) => `${dayOf(seconds, zone)}T${timeOf(seconds, zone)}`;

/** The instant of a local date and time in that zone. In the hour a clock change skips, the later one. */
export function fromLocal(local, zone) {
  const wanted = Date.parse(`${local}Z`) / 1000;
  if (Number.isNaN(wanted)) return null;
  let guess = wanted;
  for (let turn = 0; turn < 2; turn += 1) guess += wanted - Date.parse(`${toLocal(guess, zone)}Z`) / 1000;
  return guess;
}
