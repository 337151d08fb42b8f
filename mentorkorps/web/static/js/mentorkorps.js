// The little that pages need beyond HTML and htmx: the menu on a narrow screen, and honest words when a save fails.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest(".menu-btn");
  if (!button) return;
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  document.getElementById(button.getAttribute("aria-controls")).classList.toggle("open", open);
});

function say(text) {
  const place = document.querySelector("[data-saved]");
  if (place) place.textContent = text;
}

// Drafts are saved on the server as one types. When that fails, the page says so and keeps what was typed.
document.addEventListener("htmx:sendError", () => say("Ikke gemt: der er ingen forbindelse. Teksten står her stadig."));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  say(status === 401 || status === 403
    ? "Ikke gemt: du er logget af. Log ind i et nyt vindue, og skriv et tegn her, så gemmes der igen."
    : "Ikke gemt: der er en fejl hos os. Teksten står her stadig.");
});
// A signed-out answer is a redirect to the sign-in page; it must not be swapped into a case.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.responseURL.includes("/konto/login/")) {
    event.detail.shouldSwap = false;
    say("Ikke gemt: du er logget af. Log ind i et nyt vindue, og skriv et tegn her, så gemmes der igen.");
  }
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// After a form came back with errors, focus goes to what went wrong.
document.querySelector("[data-focus]")?.focus();

// When a swap took away what had focus, focus goes to what came instead, and not back to the top of the page.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement === document.body) event.detail.elt.querySelector("[data-focus]")?.focus();
});

// Escape closes the menu that the button opened, and the button has focus again.
document.addEventListener("keydown", (event) => {
  const button = document.querySelector('.menu-btn[aria-expanded="true"]');
  if (event.key !== "Escape" || !button) return;
  button.click();
  button.focus();
});
