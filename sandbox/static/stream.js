/** Listens to what changes for one person. */

const HIDDEN_PAUSE = 5000;

/**
 * Opens the stream of changes. `onChange` is told which part to read again; after a gap (a restart of the sandbox, a
 * laptop asleep) `onReady` is called again, since changes may have been missed. A browser keeps six connections to one
 * address for all its tabs, so a hidden tab gives its stream back and only asks now and then for unread counts.
 * @param {string} person
 * @param {{onReady: () => void, onChange: (change: {what: string, channel?: string}) => void, onLost: () => void}} on
 * @returns {() => void} stops listening
 */
export function listen(person, { onReady, onChange, onLost }) {
  let source = null;
  let timer = null;

  const rest = () => {
    source?.close();
    clearInterval(timer);
  };
  const attend = () => {
    rest();
    if (document.hidden) {
      timer = setInterval(() => onChange({ what: "conversations" }), HIDDEN_PAUSE);
      return;
    }
    source = new EventSource(`/client/stream?as=${encodeURIComponent(person)}`);
    source.addEventListener("open", onReady);
    source.addEventListener("error", onLost);
    source.addEventListener("change", (event) => onChange(JSON.parse(event.data)));
  };

  document.addEventListener("visibilitychange", attend);
  attend();
  return () => {
    document.removeEventListener("visibilitychange", attend);
    rest();
  };
}
