// The sliders of Hvad nu hvis: each moves the number beside it, and the form asks. Without this file the numbers do.
"use strict";

const SVG = "http://www.w3.org/2000/svg";

function number(slider) { return document.getElementById(slider.dataset.for); }

// A tick where the level stands as adopted; drawn as SVG, since the content policy allows no style of an element.
function tick(slider) {
  if (slider.dataset.adopted === "") return;
  const place = (100 * Number(slider.dataset.adopted)) / Number(slider.max);
  const drawn = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "line");
  for (const [name, value] of Object.entries({ viewBox: "0 0 100 24", preserveAspectRatio: "none", "aria-hidden": "true" })) {
    drawn.setAttribute(name, value);
  }
  for (const [name, value] of Object.entries({ x1: place, x2: place, y1: 0, y2: 24 })) line.setAttribute(name, value);
  drawn.append(line);
  slider.before(drawn);
}

function whole(text) { return Number(text.replaceAll(".", "").replace(",", ".")); }

function show(slider) {
  const value = whole(number(slider).value);
  if (Number.isFinite(value)) slider.value = value;
  slider.setAttribute("aria-valuetext", `${number(slider).value} minutter`);
  mark(slider.closest("tr"));
}

function mark(row) {
  const moved = [...row.querySelectorAll("[data-for]")].some((each) => number(each).value !== each.dataset.adopted);
  row.classList.toggle("changed", moved);
}

for (const slider of document.querySelectorAll("[data-for]")) {
  slider.hidden = false;
  tick(slider);
  show(slider);
}

document.addEventListener("input", (event) => {
  const slider = event.target.closest("[data-for]");
  if (slider) {
    number(slider).value = slider.value;
    show(slider);
  } else {
    for (const each of document.querySelectorAll("[data-for]")) if (number(each) === event.target) show(each);
  }
});
