// What a draft that saves itself needs: a fresh token after a new sign-in, and submits that wait for the save under way.
"use strict";

function freshToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
}

// Signing in again in another window changes the token; the typist here must not lose a word by it.
document.addEventListener("htmx:configRequest", (event) => {
  const token = freshToken();
  if (!token) return;
  event.detail.headers["X-CSRFToken"] = token;
  event.detail.parameters["csrfmiddlewaretoken"] = token;
});

const draft = document.getElementById("visitation");

draft?.addEventListener("submit", (event) => {
  const token = freshToken();
  if (token) draft.elements["csrfmiddlewaretoken"].value = token;
  if (!draft.classList.contains("htmx-request")) return;
  event.preventDefault();
  const button = event.submitter;
  document.addEventListener("htmx:afterSettle", () => draft.requestSubmit(button), { once: true });
});

// A fact that has begun to matter must not lie folded away.
document.addEventListener("htmx:afterSettle", () => {
  const folded = draft?.querySelector("details.more");
  if (folded?.querySelector(".lit")) folded.open = true;
});
