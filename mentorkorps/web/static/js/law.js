// The time machine's handle: months from 2003 on. It moves the date field; the form asks when it is let go.
"use strict";

const FIRST_YEAR = 2003;
const MONTHS = 25 * 12;

function field() { return document.getElementById("id_on"); }

function set(handle) {
  const [day, month, year] = field().value.split("-").map(Number);
  handle.min = 0;
  handle.max = MONTHS - 1;
  if (year) handle.value = (year - FIRST_YEAR) * 12 + month - 1;
  handle.setAttribute("aria-valuetext", field().value);
  handle.parentElement.hidden = !day;
}

function move(handle) {
  const months = Number(handle.value);
  const pad = (number) => String(number).padStart(2, "0");
  field().value = `01-${pad((months % 12) + 1)}-${FIRST_YEAR + Math.floor(months / 12)}`;
  handle.setAttribute("aria-valuetext", field().value);
}

document.addEventListener("input", (event) => { if (event.target.id === "id_move") move(event.target); });
document.addEventListener("htmx:oobAfterSwap", () => set(document.getElementById("id_move")));
set(document.getElementById("id_move"));
