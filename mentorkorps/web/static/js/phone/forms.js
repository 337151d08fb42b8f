// A form of a contact as the phone keeps it: fields by name, with the day written out.
"use strict";

const ContactForms = (() => {
  const iso = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;

  // 20-11-2026, 20.11.26 and the like as ISO; what cannot be read is left for the server to explain.
  function written(day) {
    const found = /^\s*(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{2}|\d{4})\s*$/.exec(day);
    if (!found) return day;
    const [, d, m, y] = found;
    return `${y.length === 2 ? `20${y}` : y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
  }

  function dayOf(fields) {
    const day = new Date();
    if (fields.when === "other") return written(fields.day ?? "");
    if (fields.when === "yesterday") day.setDate(day.getDate() - 1);
    return iso(day);
  }

  // {key, fields} of a form, without what only a page needs.
  function read(form) {
    const { csrfmiddlewaretoken, key, course, when, ...fields } = Object.fromEntries(new FormData(form));
    return { key, course, fields: { ...fields, day: dayOf({ when, ...fields }) } };
  }

  // Puts a kept contact back into a form.
  function fill(form, row) {
    form.reset();
    const today = new Date();
    const near = { [iso(today)]: "today", [iso(new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1))]: "yesterday" };
    const said = { ...row.fields, when: near[row.fields.day] ?? "other", course: row.course };
    said.day = said.when === "other" ? said.day.split("-").reverse().join("-") : "";
    for (const input of form.elements) {
      if (input.type === "radio") input.checked = said[input.name] === input.value;
      else if (input.name && input.name in said) input.value = said[input.name];
    }
    form.elements.key.value = row.key;
  }

  return { read, fill };
})();
