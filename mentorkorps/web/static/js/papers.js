// The editor of a paper: a figure's name is put where the cursor stands, a save is never overtaken by a submit, and
// nobody leaves words that have not been saved without being asked.
"use strict";

const text = document.getElementById("id_text");

document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-chip]");
  if (!chip || !text) return;
  text.setRangeText(chip.dataset.chip, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});

const form = document.getElementById("section-form");

// The token is renewed when the typist has signed in again in another window.
function freshToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
}

document.addEventListener("htmx:configRequest", (event) => {
  const token = freshToken();
  if (!token) return;
  event.detail.headers["X-CSRFToken"] = token;
  event.detail.parameters["csrfmiddlewaretoken"] = token;
});

form?.addEventListener("submit", (event) => {
  const token = freshToken();
  if (token) form.elements["csrfmiddlewaretoken"].value = token;
  if (!form.classList.contains("htmx-request")) {
    saved = text.value;
    return;
  }
  event.preventDefault();
  const button = event.submitter;
  document.addEventListener("htmx:afterSettle", () => form.requestSubmit(button), { once: true });
});

// What stands in the field beside what the server has.
let saved = text?.value;
let sent = saved;
const unsaved = () => text !== null && text.value !== saved;

document.addEventListener("htmx:beforeRequest", () => { sent = text?.value; });
document.addEventListener("htmx:afterSettle", () => {
  if (document.querySelector("#saved strong") === null) saved = sent;
});
window.addEventListener("beforeunload", (event) => { if (unsaved()) event.preventDefault(); });
