/** Puts the page together and keeps it in step with the sandbox. */

import { focusComposer, startComposer } from "./composer.js";
import { clockButton, readClock } from "./clock.js";
import { h, reconcile } from "./dom.js";
import { faultButton, readFaults, startFaultBar } from "./faults.js";
import { lookAtHome, startHome } from "./home.js";
import { icon } from "./icons.js";
import { startInspector } from "./inspector.js";
import { readMail, startMail } from "./mail.js";
import { startMessages } from "./messages.js";
import { startModals } from "./modal.js";
import { startPane } from "./pane.js";
import { peopleList, personButton } from "./people.js";
import { startProfiles } from "./profile.js";
import { go, here, last, remember, settle } from "./route.js";
import { startSidebar } from "./sidebar.js";
import {
  appConversation,
  become,
  byMailOnly,
  lookAt,
  on,
  readBoot,
  readMessages,
  readState,
  store,
} from "./store.js";
import { listen } from "./stream.js";
import { welcome } from "./welcome.js";

const INSPECTOR = "sandbox.inspector";
const part = (id) => document.getElementById(id);

const app = part("app");
const banner = part("banner");
const inspector = startInspector(part("inspector"));
const person = personButton({ onChoose: (id) => go(id) });
const pane = startPane({
  head: part("pane-head"),
  home: part("home"),
  mail: part("mail"),
  talk: part("talk"),
});
const mail = startMail(part("mail"));
let stop = () => {};

startModals(app);
startSidebar(part("sidebar"));
startHome(part("home"));
startFaultBar(part("faults"));
startMessages(part("log"), part("jump"));
startComposer(part("composer"));
startProfiles(document.body);

/** Reads everything that is shown; also after the stream was interrupted. */
function readAll() {
  banner.hidden = true;
  readState();
  readMessages();
  readAround();
  inspector.restart();
}

/** Reads what is the same for everybody: whose mailboxes there are, what time it is, what goes wrong. */
const readAround = () => Promise.all([readMail(), readClock(), readFaults()]);
const PARTS = { log: () => inspector.read(), users: readBoot, mail: readMail, clock: readClock, faults: readFaults };

function follow({ what, channel }) {
  if (PARTS[what]) PARTS[what]();
  else {
    if (what === "messages" && channel === store.channel) readMessages();
    readState();
  }
}

function lost() {
  banner.textContent = "The sandbox does not answer. Trying again…";
  banner.hidden = false;
}

/** Becomes who the address says and looks where it says. */
async function arrive() {
  const { person: id, place } = here();
  document.body.classList.remove("sidebar-open");
  if (!byMailOnly(id) && (!store.people.has(id) || store.people.get(id).deleted)) return greet();
  if (id !== store.me) {
    stop();
    become(id);
    remember(id);
    person.refresh();
    document.body.classList.remove("is-welcome");
    await Promise.all([readState(), readMail()]);
    stop = listen(id, { onReady: readAll, onChange: follow, onLost: lost });
  }
  if (!place) settle(id, byMailOnly(id) ? "mail" : (appConversation()?.id ?? "home"));
  const at = here().place;
  const talks = at !== "home" && at !== "mail";
  lookAt(talks ? at : null);
  if (at === "home") lookAtHome();
  pane.draw();
  mail.draw();
  if (talks) focusComposer();
}

function greet() {
  stop();
  become(null);
  person.refresh();
  document.body.classList.add("is-welcome");
  const people = peopleList({ onChoose: (id) => go(id) });
  reconcile(part("welcome"), [welcome(people.node)]);
  pane.draw();
  people.input.focus();
}

function showInspector(show) {
  part("inspector").hidden = !show;
  document.body.classList.toggle("inspector-open", show);
  part("inspector-toggle").setAttribute("aria-expanded", String(show));
  localStorage.setItem(INSPECTOR, show ? "1" : "");
  inspector.read();
}

function furnish() {
  part("clock").append(clockButton());
  part("fault-toggle").append(faultButton());
  part("person").append(person.node);
  part("menu-toggle").append(icon("menu"));
  part("menu-toggle").addEventListener("click", () => document.body.classList.toggle("sidebar-open"));
  part("shade").addEventListener("click", () => document.body.classList.remove("sidebar-open"));
  part("inspector-toggle").append(icon("panel"), h("span", null, "Inspector"));
  part("inspector-toggle").addEventListener("click", () => showInspector(part("inspector").hidden));
  on("boot", () => {
    part("team").textContent = store.team.name;
    person.refresh();
  });
  addEventListener("hashchange", arrive);
}

furnish();
await readBoot();
await readAround();
if (!here().person && store.people.has(last())) settle(last());
showInspector(localStorage.getItem(INSPECTOR) === "1");
if (store.team.id) await arrive();
else lost();
