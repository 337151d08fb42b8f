// How the phone says what waits, in the same words on every page.
"use strict";

const PhoneWords = (() => {
  const OUTCOMES = { met: "Mødt", no_show: "Udeblevet", attempt: "Forsøg", cancelled_citizen: "Aflyst af borger", cancelled_mentor: "Aflyst af mentor" };
  const WHY = {
    no_network: "Der er ikke net. De bliver sendt, så snart der er.",
    not_now: "Serveren svarer ikke lige nu. Vi prøver igen om lidt.",
    sign_in: "Du er logget af. Log ind, så bliver de sendt.",
    sent: "De skal rettes, før de kan sendes.",
  };

  const many = (n) => (n === 1 ? "1 kontakt" : `${n} kontakter`);
  const waiting = (n) => `${many(n)} ligger kun på denne telefon.`;
  const sent = (n) => `${many(n)} fra telefonen er sendt.`;
  const why = (reason) => WHY[reason] ?? "";

  function minutes(fields) {
    if (fields.outcome !== "met") return "";
    const number = fields.minutes_pick === "other" ? fields.minutes : fields.minutes_pick;
    return number ? `, ${number} min.` : ", minutter mangler";
  }

  function contact(row) {
    const [year, month, day] = row.fields.day.split("-").map(Number);
    const when = new Date(year, month - 1, day).toLocaleDateString("da-DK", { weekday: "short", day: "numeric", month: "long" });
    return `${when} · ${OUTCOMES[row.fields.outcome] ?? "Ikke valgt, hvad der skete"}${minutes(row.fields)}`;
  }

  return { many, waiting, sent, why, contact };
})();
