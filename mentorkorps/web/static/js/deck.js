// A slide that is being written is not left by mistake: the browser asks when something is not saved.
"use strict";

const form = document.querySelector("[data-unsaved]");
let typed = false;
form.addEventListener("input", () => { typed = true; });
form.addEventListener("submit", () => { typed = false; });
window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
