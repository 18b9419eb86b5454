// Saves a form marked data-autosave while it is filled in, to the address it posts to.
//
// The server answers JSON: the new version of the answer and the result so far. What could not be
// saved stays in the form, a line says why, and it is tried again once the reason is gone. The form
// itself can be sent at any time; while something is being saved it waits for that.

const form = document.querySelector("form[data-autosave]");
const status = document.querySelector("[data-autosave-status]");
const TYPING = 1500;
const AGAIN = 10000;
const TIMEOUT = 15000;
// The click of a finger comes a little after it was lifted.
const CLICK = 100;
let pressed = Promise.resolve();
let saved = "";
let running = null;
let waiting = false;
let stopped = false;
let leaving = false;
let timer = 0;

const content = () => {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  data.delete("version");
  return new URLSearchParams(data).toString();
};

function say(name, { faults = [], at = "" } = {}) {
  for (const line of status.querySelectorAll("[data-say]")) line.hidden = line.dataset.say !== name;
  status.querySelector("[data-faults]").textContent = faults.join(" ");
  if (at) {
    status.querySelector("[data-saved-at]").dateTime = at;
    document.dispatchEvent(new Event("times:changed"));
  }
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

const classIn = (place) => place.querySelector(".app-so-far__line")?.innerText.trim() || "";

// The focus stays on the link it was on, and a class that changed is read out.
function show(name, html) {
  const place = document.querySelector(`[data-${name}]`);
  if (!place) return;
  const before = classIn(place);
  const focused = [...place.querySelectorAll("a")].indexOf(document.activeElement);
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  place.querySelectorAll("a")[focused]?.focus();
  if (classIn(place) !== before) status.querySelector("[data-class]").textContent = classIn(place);
}

// A button that moves between press and release gets no click, so what moves it waits for both.
function holdStill({ isPrimary, button }) {
  if (!isPrimary || button !== 0) return;
  pressed = new Promise((released) => {
    const soon = () => setTimeout(released, CLICK);
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, soon, { once: true });
  });
}

async function freshToken() {
  const answer = await fetch("/session", { cache: "no-store" });
  const state = await answer.json();
  if (!state.signed_in) return "signed-out";
  if (state.person !== document.body.dataset.person) return "somebody-else";
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
    field.value = state.csrf;
  }
  return "";
}

function send() {
  return fetch(form.action, {
    method: "POST",
    headers: {
      Accept: "application/json",
      "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
    },
    body: new URLSearchParams(new FormData(form)),
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT),
  });
}

async function takeIn(answer, sent) {
  await pressed;
  if (answer.status === 200) {
    const told = await answer.json();
    if (told.faults) {
      say("incomplete", told);
      return;
    }
    form.elements.version.value = told.version;
    saved = sent;
    show("so-far", told.so_far);
    show("change", told.change);
    say("saved", { at: told.saved_at });
    if (content() === sent) form.dispatchEvent(new Event("keep:saved", { bubbles: true }));
    else later(0);
  } else if (answer.status === 409) {
    stopped = true;
    say("conflict");
  } else if (answer.status === 423) {
    stopped = true;
    say("frozen");
  } else if (answer.status >= 500) {
    say("offline");
    later(AGAIN);
  } else {
    say("refused");
  }
}

// A session that ended and a token that grew old look alike from here, so the server is asked.
const isLocked = (answer) => answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect";

async function attempt() {
  const sent = content();
  if (sent === saved || stopped || leaving) return;
  say("saving");
  try {
    let answer = await send();
    if (isLocked(answer)) {
      const obstacle = await freshToken();
      if (obstacle) {
        say(obstacle);
        return;
      }
      answer = await send();
    }
    await takeIn(answer, sent);
  } catch {
    say("offline");
    later(AGAIN);
  }
}

async function save() {
  clearTimeout(timer);
  if (running) {
    waiting = true;
    return;
  }
  running = attempt();
  await running;
  running = null;
  if (waiting) {
    waiting = false;
    await save();
  }
}

// The next version is known only when the last save has come back.
async function beforeSending(event) {
  clearTimeout(timer);
  waiting = false;
  if (!running) {
    leaving = true;
    // Another script may keep the reader on the page.
    setTimeout(() => (leaving = false), AGAIN);
    return;
  }
  event.preventDefault();
  const { submitter } = event;
  await running;
  form.requestSubmit(submitter);
}

function start() {
  saved = content();
  form.addEventListener("change", () => later(0));
  form.addEventListener("input", () => later(TYPING));
  form.addEventListener("submit", beforeSending);
  addEventListener("pointerdown", holdStill);
  addEventListener("online", save);
  addEventListener("focus", save);
  document.addEventListener("visibilitychange", () => document.hidden || save());
}

if (form && status) start();
