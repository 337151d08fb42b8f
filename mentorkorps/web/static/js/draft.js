// A form keeps what is typed: sent to the page's own address a moment after the last key, and put back when the page opens.
"use strict";

const PAUSE = 1200; // ms without a key before the text is sent
const PATIENCE = 4000; // ms for the answer; a draft that gets none must not hold back the form itself
const HURRY = 1000; // ms instead, where the phone's outbox keeps the form before it is sent

const place = document.querySelector("[data-draft]");
const form = place.closest("form");
const said = place.querySelector("[data-draft-said]");
const signedOut = place.querySelector("[data-draft-out]");
let timer = 0;
let unsaved = false;
let typed = 0; // how often something was typed
let saves = Promise.resolve(); // one after another, so that an old text never lands on a new one
let waiting = 0; // saves that are not done
let leaving = false; // the form was sent and waits for the last save; a second press is the same press
let calls = new AbortController(); // what is under way; aborted while leaving, it lets no later save begin
let closed = false; // the last answer was that one is signed out, or that somebody else is signed in

function freshToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

function typedFields() {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const field = form.elements[name];
    if (field.type !== "hidden" && field.type !== "password" && typeof value === "string") fields.append(name, value);
  }
  return fields;
}

function send(act, body) {
  const headers = { "X-Draft": act, "X-Draft-For": place.dataset.draft, "X-CSRFToken": freshToken() };
  const late = setTimeout(() => calls.abort(), PATIENCE);
  const sent = fetch(location.pathname, { method: "POST", headers, body, redirect: "manual", signal: calls.signal });
  return sent.finally(() => clearTimeout(late));
}

function beginAnew() {
  if (calls.signal.aborted) calls = new AbortController();
}

function save() {
  clearTimeout(timer);
  waiting += 1;
  saves = saves.then(store).finally(() => {
    waiting -= 1;
    if (!leaving) beginAnew();
  });
  return saves;
}

async function store() {
  const then = typed;
  try {
    const answer = await send("save", typedFields());
    const out = answer.type === "opaqueredirect" || answer.status === 403;
    closed = out || answer.status === 409;
    signedOut.hidden = !out;
    if (out) said.textContent = "";
    else said.textContent = answer.headers.get("Content-Type")?.includes("json")
      ? (await answer.json()).said
      : "Ikke gemt: der er en fejl hos os. Teksten står her stadig.";
    unsaved = !answer.ok || typed !== then;
  } catch {
    unsaved = true;
    closed = false;
    said.textContent = "Ikke gemt: der er ingen forbindelse. Teksten står her stadig.";
  }
}

function putBack(fields) {
  for (const [name, values] of Object.entries(fields)) {
    const found = form.elements[name];
    if (!found || early.has(name)) continue;
    const controls = found instanceof RadioNodeList ? [...found] : [found];
    controls.forEach((control, at) => {
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.multiple) [...control.options].forEach((each) => { each.selected = values.includes(each.value); });
      else if (control.type !== "hidden") control.value = values[at] ?? "";
      if ("defaultValue" in control && control.value !== control.defaultValue) open(control);
    });
  }
}

// What is put back must not lie folded away.
function open(control) {
  const fold = control.closest("details");
  if (fold) fold.open = true;
}

// On a slow line one types before this script has come. A page gone back to has its old text from the browser instead.
function typedBefore() {
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") return [];
  const changed = (control) => ["checkbox", "radio"].includes(control.type)
    ? control.checked !== control.defaultChecked
    : control.type !== "hidden" && "defaultValue" in control && control.value !== control.defaultValue;
  return [...form.elements].filter(changed).map((control) => control.name);
}

function saveSoon() {
  unsaved = true;
  typed += 1;
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

const early = new Set(typedBefore());
const back = document.getElementById("draft-fields");
if (back) {
  putBack(JSON.parse(back.textContent));
  place.querySelector("[data-draft-back]").hidden = false;
}

if (early.size) saveSoon();
form.addEventListener("input", saveSoon);

place.querySelector("[data-draft-discard]")?.addEventListener("click", async () => {
  clearTimeout(timer);
  await send("discard", new URLSearchParams());
  location.reload();
});

// Before the form is sent, what is typed is safe on the server: a session that has ended then costs nothing.
document.addEventListener("submit", async (event) => {
  if (event.target !== form) return;
  clearTimeout(timer);
  if (!leaving && ((!unsaved && !closed && !waiting) || !navigator.onLine)) {
    renewToken();
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (leaving) return;
  leaving = true;
  form.ariaBusy = "true";
  const button = event.submitter;
  const late = setTimeout(() => calls.abort(), "contact" in form.dataset ? HURRY : PATIENCE);
  await save();
  clearTimeout(late);
  leaving = false;
  beginAnew();
  if (closed) {
    form.ariaBusy = null;
    (signedOut.hidden ? said : signedOut).scrollIntoView({ block: "center" });
    return;
  }
  unsaved = false;
  renewToken();
  form.requestSubmit(button);
}, { capture: true });

// Signing in again in another window has changed the token.
function renewToken() {
  const token = form.elements.csrfmiddlewaretoken;
  if (token && freshToken()) token.value = freshToken();
}
