// On every page: says what waits on this device, keeps a contact before it is posted, and asks before a sign-out
// that would lose something.
"use strict";

(async () => {
  const { user, logs } = document.querySelector('meta[name="mentorkorps-phone"]').dataset;
  const mine = user && logs === "yes";
  if (!Outbox.works() || !(mine || (await Outbox.exists()))) return;

  const note = document.querySelector("[data-phone-note]");
  const say = (strong, more, link) => {
    note.querySelector("strong").textContent = strong;
    note.querySelector("span").textContent = more;
    note.querySelector("a").hidden = !link;
    note.hidden = !strong;
  };

  async function show({ why, sent }) {
    if (why === "wiped") return say("Telefonen er meldt mistet.", "Det, der lå her, er slettet.", false);
    const someone = await Outbox.here();
    const left = someone && (!user || someone.user === user) ? await Outbox.count(someone.user) : 0;
    if (left) return say(PhoneWords.waiting(left), PhoneWords.why(why), Boolean(user) || why !== "sign_in");
    return sent ? say(PhoneWords.sent(sent), "", false) : say("", "", false);
  }

  // Somebody else than whoever was here: what the first one could see goes.
  const before = await Outbox.here();
  if (before && user && before.user !== user) await Outbox.leave();
  if (before && !user && !Outbox.isFresh(before) && before.list) await Outbox.leave();

  if (mine) {
    // Where a browser takes no worker, nothing opens without a network; everything else works.
    await navigator.serviceWorker?.register("/sw.js").catch(() => null);
    await keepWhatThePageTells();
    keepBeforePosting();
  }
  guardForms();
  guardSignOut();
  if (mine || (await Outbox.here())) await Sender.start(show);

  async function keepWhatThePageTells() {
    for (const told of document.querySelectorAll("[data-stored]")) await Outbox.drop(told.dataset.stored);
    const shown = document.querySelector("form[data-contact]");
    if (shown) await Outbox.drop(shown.elements.key.value);
    const list = document.getElementById("phone-list");
    if (list) await Outbox.keepList(user, JSON.parse(list.textContent));
  }

  // The contact is on the device before it leaves it: whatever happens to the post, nothing typed is lost.
  function keepBeforePosting() {
    for (const form of document.querySelectorAll("form[data-contact]")) {
      let kept = false;
      addEventListener("pageshow", () => (kept = false));
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (kept) return;
        kept = true;
        const course = form.dataset.contact;
        try {
          const list = await Outbox.listOf((await Outbox.here()) ?? {});
          const who = list.find((each) => each.course === course)?.who ?? form.dataset.who;
          await Outbox.keep(user, { ...ContactForms.read(form), course, who });
          navigator.storage.persist?.();
        } finally {
          form.submit();
        }
      });
    }
  }

  // A form that the phone cannot keep is not sent into nothing.
  function guardForms() {
    for (const form of document.querySelectorAll("form[data-needs-network]")) {
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const reached = await fetch("/telefon/hilsen/", { cache: "no-store", signal: AbortSignal.timeout(5000) }).catch(() => null);
        if (reached) return form.submit();
        say("Der er ikke net.", "Det, du har skrevet, står her stadig. Prøv igen, når der er.", false);
        return note.scrollIntoView({ block: "center" });
      });
    }
  }

  function guardSignOut() {
    const dialog = document.querySelector("[data-phone-leave]");
    const form = document.querySelector('form[action$="/logout/"]');
    if (!form || !mine) return;
    const leave = async () => {
      await Outbox.wipe(user);
      form.submit();
    };
    const ask = async (sorry) => {
      const left = await Outbox.count(user);
      if (!left) return leave();
      dialog.querySelector("h2").textContent = PhoneWords.waiting(left);
      dialog.querySelector("[data-sorry]").textContent = sorry;
      if (!dialog.open) dialog.showModal();
      return undefined;
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask("").catch(() => form.submit());
    });
    dialog.addEventListener("click", async (event) => {
      const { act } = event.target.closest("button")?.dataset ?? {};
      if (act === "stay") dialog.close();
      if (act === "discard") await leave();
      if (act === "send") ask(`Ikke sendt. ${PhoneWords.why((await Sender.send()).why)}`);
    });
  }
})();
