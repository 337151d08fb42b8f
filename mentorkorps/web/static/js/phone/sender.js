// Sends what waits, in order and once, however many tabs are open. Rows go only when the server has answered for them.
"use strict";

const Sender = (() => {
  const BATCH = 50;
  const PATIENCE = 30_000; // milliseconds for one answer
  const AGAIN = [5, 15, 60]; // seconds between tries, about; the last one is kept
  const SPREAD = 0.25; // of the wait, more or less, so that phones that failed together do not come back together
  const listeners = [];
  let tries = 0;
  let timer;

  const ask = (address, more) =>
    fetch(address, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...more });

  // What the server says of who is signed in; phones that are lost are wiped on the way. Throws without a network.
  async function greet() {
    const people = await Outbox.people();
    const asked = new URLSearchParams(people.map((each) => ["telefon", each.phone]));
    const answer = await ask(`/telefon/hilsen/?${asked}`);
    if (!answer.ok) return { user: null, wiped: false, failed: answer.type !== "opaqueredirect" };
    const said = await answer.json();
    const lost = people.filter((each) => said.wipe.includes(each.phone));
    for (const each of lost) await Outbox.wipe(each.user);
    return { ...said, wiped: lost.length > 0 };
  }

  function post(someone, token, contacts) {
    const name = navigator.userAgentData?.platform || (/iPhone|iPad|Android|Windows|Mac|Linux/.exec(navigator.userAgent) ?? ["Telefon"])[0];
    return ask("/telefon/kontakter/", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ phone: someone.phone, user: someone.user, name, contacts }),
    });
  }

  // How a round ended: {why, sent}. `why` is sent, no_network, not_now, sign_in or wiped.
  async function round() {
    let sent = 0;
    try {
      const said = await greet();
      if (said.wiped) return { why: "wiped", sent };
      if (!said.user) return { why: said.failed ? "not_now" : "sign_in", sent };
      const someone = await Outbox.arrive(said.user, said.keep_seconds);
      for (let met = said.met; ; met = true) {
        const waiting = (await Outbox.rows(someone.user)).filter((row) => !row.errors).slice(0, BATCH);
        if (met && !waiting.length) return { why: "sent", sent };
        const answer = await post(someone, said.token, waiting.map((row) => ({ ...row.fields, key: row.key, course: row.course })));
        if (answer.type === "opaqueredirect") return { why: "sign_in", sent };
        if (!answer.ok) return { why: "not_now", sent };
        const { wipe, results } = await answer.json();
        if (wipe.length) {
          await Outbox.wipe(someone.user);
          return { why: "wiped", sent };
        }
        const stored = await settle(someone.user, waiting, results);
        sent += stored;
        if (results.some((each) => each.state === "later")) return { why: "not_now", sent };
      }
    } catch (problem) {
      if (problem instanceof TypeError) return { why: "no_network", sent };
      if (problem.name === "TimeoutError") return { why: "not_now", sent }; // a network, and a server with too much to do
      throw problem;
    }
  }

  async function settle(user, waiting, results) {
    let stored = 0;
    for (const { key, state, errors } of results) {
      if (state === "stored" || state === "known") {
        await Outbox.drop(key);
        stored += 1;
      } else if (state === "rejected") {
        await Outbox.keep(user, { ...waiting.find((row) => row.key === key), errors });
      }
    }
    return stored;
  }

  // One round at a time on the whole device. Tries again by itself for as long as something waits.
  async function send() {
    clearTimeout(timer);
    const ended = await navigator.locks.request("mentorkorps-outbox", round);
    const someone = await Outbox.here();
    const waits = someone && (await Outbox.rows(someone.user)).some((row) => !row.errors);
    if (waits && (ended.why === "no_network" || ended.why === "not_now")) {
      timer = setTimeout(send, AGAIN[Math.min(tries, AGAIN.length - 1)] * 1000 * (1 + SPREAD * (2 * Math.random() - 1)));
      tries += 1;
    } else {
      tries = 0;
    }
    for (const listener of listeners) await listener(ended);
    return ended;
  }

  // Sends now, and whenever a network or the reader comes back; `listener` is told how each round ended.
  function start(listener) {
    listeners.push(listener);
    addEventListener("online", send);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
    return send();
  }

  return { start, send };
})();
