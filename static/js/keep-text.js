// Keeps what is typed in a form marked data-keep until the server has accepted it.
//
// An entry lies in sessionStorage under the person and the address the form posts to. It is marked
// as sent when the form goes out, and dropped on the next page unless that page says that it failed.
// Before a form goes out the server is asked who is signed in, so that neither a lost connection nor
// a lost session leads away from the text.

const PREFIX = "keep:";
const TIMEOUT = 8000;
const SLOW = 700;
const AGAIN = 10000;
const SKIPPED = new Set(["hidden", "password", "file", "submit", "button", "image", "reset"]);
const person = document.body.dataset.person || "";
const failed = document.body.dataset.outcome === "failed";
const banner = document.querySelector("[data-keep-banner]");
const baselines = new Map();
const sentAt = new WeakMap();
let leaving = false;
let said = "";

// --- Storage, which a browser may refuse ---------------------------------------------------------

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, entry) {
  try {
    sessionStorage.setItem(key, JSON.stringify(entry));
  } catch {
    // Without storage the warning before leaving remains.
  }
}

function drop(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was stored then.
  }
}

function keys() {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

// --- Forms as plain values -----------------------------------------------------------------------

function keyOf(form) {
  const address = new URL(form.getAttribute("action") || location.href, location.href);
  return `${PREFIX}${person}:${address.pathname}:${form.dataset.keep}`;
}

function controlsOf(form) {
  const seen = new Map();
  return [...form.elements]
    .filter((control) => control.name && !SKIPPED.has(control.type))
    .map((control) => {
      const choice = control.type === "radio" || control.type === "checkbox";
      const name = choice ? `${control.name}=${control.value}` : control.name;
      const count = seen.get(name) || 0;
      seen.set(name, count + 1);
      return [`${name}#${count}`, control, choice];
    });
}

function valueOf(control, choice) {
  if (choice) return control.checked;
  return control.multiple ? [...control.selectedOptions].map((o) => o.value) : control.value;
}

function snapshot(form) {
  const values = controlsOf(form).map(([name, control, choice]) => [name, valueOf(control, choice)]);
  return Object.fromEntries(values);
}

function fill(form, values) {
  for (const [name, control, choice] of controlsOf(form)) {
    if (!(name in values)) continue;
    if (choice) {
      control.checked = values[name];
    } else if (control.multiple) {
      for (const option of control.options) option.selected = values[name].includes(option.value);
    } else {
      control.value = values[name];
    }
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const dirty = (form) => !same(snapshot(form), baselines.get(form));

// --- What the reader is told ---------------------------------------------------------------------

function show(name) {
  for (const part of banner.querySelectorAll("[data-keep-say]")) {
    part.hidden = part.dataset.keepSay !== name;
  }
}

function say(name, form) {
  if (!banner) return;
  said = name;
  show("");
  if (!name) return;
  const below = form.querySelector(".app-actions");
  if (below && name !== "restored" && name !== "changed") below.before(banner);
  else form.prepend(banner);
  banner.querySelectorAll("[data-keep-discard]").forEach((button) => {
    button.onclick = () => discard(form);
  });
  banner.querySelector("[data-keep-restore]").onclick = () => restore(form, read(keyOf(form)));
  // A screen reader tells what appears in a status line, and nothing of a line that was moved.
  setTimeout(() => show(said), 50);
}

function restore(form, entry) {
  if (!entry) return;
  fill(form, entry.values);
  say("restored", form);
}

function discard(form) {
  drop(keyOf(form));
  fill(form, baselines.get(form));
  drop(keyOf(form));
  say("", form);
}

// --- What came of the last page ------------------------------------------------------------------

function settle(formKeys) {
  for (const key of keys()) {
    const entry = read(key);
    const owner = key.slice(PREFIX.length).split(":")[0];
    // Nothing of one person is left for the next who signs in here.
    if (!entry || (person && owner !== person)) drop(key);
    else if (entry.sent && (failed || !person)) write(key, { ...entry, sent: false });
    else if (entry.sent && !formKeys.has(key)) drop(key);
  }
}

function begin(form) {
  const key = keyOf(form);
  const entry = read(key);
  const now = snapshot(form);
  const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const refused = document.querySelector(".govuk-error-summary") !== null;
  baselines.set(form, now);
  if (refused) {
    // The server shows what was typed; it is saved nowhere yet.
    baselines.set(form, null);
    write(key, { values: now, base: entry ? entry.base : now, sent: false });
  } else if (!entry || (entry.sent && !cameBack) || same(entry.values, now)) {
    drop(key);
  } else if (same(entry.base, now)) {
    restore(form, entry);
  } else {
    say("changed", form);
  }
}

// --- While it is typed and sent ------------------------------------------------------------------

function typed(event) {
  const form = event.target.form;
  if (!form || !baselines.has(form)) return;
  const base = read(keyOf(form))?.base ?? baselines.get(form);
  if (dirty(form)) write(keyOf(form), { values: snapshot(form), base, sent: false });
  else drop(keyOf(form));
}

async function session() {
  try {
    const answer = await fetch("/session", {
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function obstacle(state) {
  if (!state) return "offline";
  if (!state.signed_in) return "signed-out";
  return state.person === person ? "" : "somebody-else";
}

async function submitted(event) {
  const form = event.target;
  if (form.dataset.keepForget !== undefined) {
    keys().forEach(drop);
    leaving = true;
  }
  if (form.dataset.keepResend !== undefined) markSent(new URL(form.action).pathname);
  if (!baselines.has(form) || event.defaultPrevented) return;
  if (form.dataset.keepState === "ready") {
    write(keyOf(form), { values: snapshot(form), base: baselines.get(form), sent: true });
    sentAt.set(form, Date.now());
    leaving = true;
    return;
  }
  event.preventDefault();
  // A second press while the first is on its way would send everything twice.
  if (form.dataset.keepState === "asking" || Date.now() - sentAt.get(form) < AGAIN) return;
  form.dataset.keepState = "asking";
  const slow = setTimeout(() => say("sending", form), SLOW);
  const state = await session();
  const problem = obstacle(state);
  if (problem) {
    delete form.dataset.keepState;
    clearTimeout(slow);
    say(problem, form);
    return;
  }
  for (const token of form.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = state.csrf;
  form.dataset.keepState = "ready";
  form.requestSubmit(event.submitter);
  // A field that the browser refuses stops it, and then the next try asks again.
  delete form.dataset.keepState;
  if (sentAt.has(form)) return;
  clearTimeout(slow);
  say("", form);
}

function markSent(pathname) {
  for (const key of keys()) {
    if (key.startsWith(`${PREFIX}${person}:${pathname}:`)) write(key, { ...read(key), sent: true });
  }
}

function start() {
  const forms = [...document.querySelectorAll("form[data-keep]")];
  settle(new Set(forms.map(keyOf)));
  forms.forEach(begin);
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  document.addEventListener("submit", submitted);
  // Other scripts that have saved a form say so.
  document.addEventListener("keep:saved", ({ target }) => {
    if (!baselines.has(target)) return;
    baselines.set(target, snapshot(target));
    drop(keyOf(target));
  });
  addEventListener("offline", () => {
    const form = forms.find(dirty);
    if (form) say("offline", form);
  });
  addEventListener("online", () => forms.length && say("", forms[0]));
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    leaving = false;
    forms.forEach((form) => sentAt.delete(form));
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && forms.some(dirty)) event.preventDefault();
  });
}

start();
