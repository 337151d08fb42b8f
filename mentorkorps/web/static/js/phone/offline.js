// The page that opens without a network: log a contact, see what waits, mend it, or throw it away on purpose.
"use strict";

(async () => {
  const form = document.querySelector("form[data-offline]");
  const place = (name) => document.querySelector(`[data-${name}]`);
  const dialog = place("discard-dialog");
  history.replaceState(null, "", "/telefon/");
  if (!Outbox.works()) return place("cannot").removeAttribute("hidden");
  let mending = null;
  const drawn = new Map();

  // What is the same as before is left alone, and with it the focus of whoever stands there.
  function draw(holder, things, part) {
    const now = JSON.stringify(things);
    if (drawn.get(holder) === now) return;
    drawn.set(holder, now);
    holder.replaceChildren(...things.map(part));
  }

  async function show({ why = "", sent = 0 } = {}) {
    const someone = await Outbox.here();
    const here = someone && Outbox.isFresh(someone);
    if (someone && !here && someone.list) await Outbox.leave();
    const rows = here ? await Outbox.rows(someone.user) : [];
    const left = someone ? await Outbox.count(someone.user) : 0;
    const reason = why === "sent" && !rows.some((row) => row.errors) ? "" : PhoneWords.why(why);
    place("state").textContent = why === "wiped" ? "Telefonen er meldt mistet. Det, der lå her, er slettet."
      : left ? `${PhoneWords.waiting(left)} ${reason}`
      : sent ? PhoneWords.sent(sent) : "Der ligger ingen kontakter på telefonen.";
    place("state").className = `note ${left || why === "wiped" ? "note-warn" : sent ? "note-ok" : "note-calm"}`;
    place("sign-in").hidden = why !== "sign_in";
    place("back").hidden = why === "no_network" || why === "";
    draw(place("rows"), rows, line);
    list(here ? await Outbox.listOf(someone) : []);
  }

  function line(row) {
    const item = place("row").content.firstElementChild.cloneNode(true);
    item.querySelector("b").textContent = row.who;
    item.querySelector("[data-said]").textContent = PhoneWords.contact(row);
    item.querySelector("[data-wrong]").textContent = row.errors ? `Afvist: ${Object.values(row.errors).flat().join(" ")}` : "";
    for (const button of item.querySelectorAll("button")) {
      button.setAttribute("aria-label", `${button.textContent} ${row.who} ${PhoneWords.contact(row)}`);
      button.addEventListener("click", () => (button.dataset.act === "mend" ? mend(row) : discard(row)));
    }
    return item;
  }

  function list(citizens) {
    const chosen = form.elements.course?.value;
    draw(place("who"), citizens, ({ course, who }) => {
      const label = place("choice").content.firstElementChild.cloneNode(true);
      Object.assign(label.querySelector("input"), { value: course, checked: course === chosen });
      label.querySelector("span").textContent = who;
      return label;
    });
    form.hidden = !citizens.length && !mending;
    place("nobody").hidden = !form.hidden;
  }

  function mend(row) {
    mending = row;
    form.hidden = false;
    ContactForms.fill(form, row);
    form.querySelector("details").open = true;
    complain(Object.entries(row.errors ?? {}));
    if (!row.errors) form.querySelector("input").focus();
  }

  function discard(row) {
    dialog.querySelector("[data-which]").textContent = `${row.who} · ${PhoneWords.contact(row)}`;
    dialog.returnValue = "";
    dialog.showModal();
    dialog.onclose = async () => {
      if (dialog.returnValue === "discard") await Outbox.drop(row.key);
      await show({ why: navigator.onLine ? "sent" : "no_network" });
    };
  }

  // What can be seen here is said here; the rest the server says when the contact reaches it.
  function problems({ course, fields }) {
    const found = [];
    const number = fields.minutes_pick === "other" ? fields.minutes : fields.minutes_pick;
    if (!course && !mending) found.push(["course", ["Vælg, hvem det var."]]);
    if (!fields.outcome) found.push(["outcome", ["Vælg, hvad der skete."]]);
    if (fields.outcome === "met" && !(Number(number) > 0)) found.push(["minutes_pick", ["Vælg, hvor længe I var sammen."]]);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(fields.day)) found.push(["day", ["Skriv datoen som 20-11-2026."]]);
    if (fields.outcome === "met" && fields.how !== "in_person" && !fields.not_in_person_reason?.trim()) {
      found.push(["not_in_person_reason", ["Skriv, hvorfor I ikke mødtes."]]);
    }
    return found;
  }

  function complain(found) {
    const box = place("wrong-box");
    box.hidden = !found.length;
    box.querySelector("ul").replaceChildren(...found.map(([name, said]) => {
      const item = document.createElement("li");
      const target = document.getElementById(`id_${name}_set`) ?? document.getElementById(`id_${name}`);
      const inside = target && document.createElement("a");
      if (inside) inside.href = `#${target.id}`;
      (inside || item).textContent = said.join(" ");
      if (inside) item.append(inside);
      target?.closest("details")?.setAttribute("open", "");
      return item;
    }));
    if (found.length) box.focus();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const someone = await Outbox.here();
    const said = ContactForms.read(form);
    const found = problems(said);
    complain(found);
    if (found.length || !someone) return;
    const citizen = (await Outbox.listOf(someone)).find((each) => each.course === said.course);
    const row = mending
      ? { ...mending, ...(citizen && { course: said.course, who: citizen.who }), fields: { ...mending.fields, ...said.fields }, errors: undefined }
      : { key: crypto.randomUUID(), course: said.course, who: citizen.who, fields: said.fields };
    await Outbox.keep(someone.user, row);
    mending = null;
    form.reset();
    form.querySelector("details").open = false;
    await show({ why: "no_network" });
    place("state").focus();
    await Sender.send();
  });

  await show();
  await Sender.start(show);
  setInterval(async () => {
    const someone = await Outbox.here();
    if (someone?.list && !Outbox.isFresh(someone)) await show({ why: "sign_in" });
  }, 60_000);
})();
