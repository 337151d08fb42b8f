// What a device keeps for each person who uses it: a key that cannot leave the browser, the list of initials, and the
// contacts that wait. Everything about a citizen is encrypted with the person's own key; docs/phone.md has the whole.
"use strict";

const Outbox = (() => {
  const NAME = "mentorkorps";
  const letters = new TextEncoder();
  let opened;

  // Without these nothing can be kept safely, and the pages work as they do with a network.
  const works = () => isSecureContext && "indexedDB" in window && "locks" in navigator;

  async function exists() {
    return works() && (!indexedDB.databases || (await indexedDB.databases()).some((each) => each.name === NAME));
  }

  function base() {
    opened ??= idb.openDB(NAME, 1, {
      upgrade(db) {
        db.createObjectStore("people", { keyPath: "user" });
        db.createObjectStore("here");
        const rows = db.createObjectStore("rows", { keyPath: "order", autoIncrement: true });
        rows.createIndex("user", "user");
        rows.createIndex("key", "key", { unique: true });
      },
      blocking() { // another tab has a newer page
        opened.then((db) => db.close());
        opened = undefined;
      },
    });
    return opened;
  }

  async function seal(key, about, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const algorithm = { name: "AES-GCM", iv, additionalData: letters.encode(about) };
    return { iv, data: await crypto.subtle.encrypt(algorithm, key, letters.encode(JSON.stringify(value))) };
  }

  async function unseal(key, about, { iv, data }) {
    const algorithm = { name: "AES-GCM", iv, additionalData: letters.encode(about) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, data)));
  }

  // The person with this id, with a key and a phone number of their own on this device.
  async function person(user) {
    const db = await base();
    const known = await db.get("people", user);
    if (known) return known;
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const store = db.transaction("people", "readwrite").store;
    const there = await store.get(user); // another tab may have come first
    if (there) return there;
    const fresh = { user, key, phone: crypto.randomUUID(), until: 0, list: null };
    await store.put(fresh);
    return fresh;
  }

  const people = async () => (await base()).getAll("people");

  // Whoever is here: the one the device last met, until the sign-in would have ended; else null.
  async function here() {
    const db = await base();
    const user = await db.get("here", "user");
    const found = user && (await db.get("people", user));
    return found ?? null;
  }

  const isFresh = (someone) => Date.now() < someone.until;

  // Notes that a person is signed in now, and until when (seconds from now) the list of initials may be kept.
  async function arrive(user, keepSeconds) {
    const someone = { ...(await person(user)), until: Date.now() + keepSeconds * 1000 };
    const db = await base();
    await db.put("people", someone);
    await db.put("here", user, "user");
    return someone;
  }

  // Puts the list of initials of the person's citizens in the place of the one before.
  async function keepList(user, list) {
    const someone = await person(user);
    await (await base()).put("people", { ...someone, list: await seal(someone.key, user, list) });
  }

  const listOf = async (someone) => (someone.list ? unseal(someone.key, someone.user, someone.list) : []);

  // Nobody is here any longer: the list goes, and what waits stays sealed until its writer signs in.
  async function leave() {
    const someone = await here();
    const db = await base();
    if (someone) await db.put("people", { ...someone, list: null, until: 0 });
    await db.delete("here", "user");
  }

  // Keeps a contact, or what it is after it was mended or rejected; its place in the order stays.
  async function keep(user, row) {
    const { key } = await person(user);
    const box = await seal(key, `${user}/${row.key}`, row);
    const store = (await base()).transaction("rows", "readwrite").store;
    const order = await store.index("key").getKey(row.key);
    const state = row.errors ? "rejected" : "waiting";
    await store.put({ ...(order && { order }), user, key: row.key, state, ...box });
  }

  // A person's contacts on this device, in the order in which they were written.
  async function rows(user) {
    const { key } = await person(user);
    const found = await (await base()).getAllFromIndex("rows", "user", user);
    return Promise.all(found.map((each) => unseal(key, `${user}/${each.key}`, each)));
  }

  const count = async (user) => (await base()).countFromIndex("rows", "user", user);

  async function drop(key) {
    const store = (await base()).transaction("rows", "readwrite").store;
    const order = await store.index("key").getKey(key);
    if (order) await store.delete(order);
  }

  // Removes a person from the device: key, list and every contact, sent or not.
  async function wipe(user) {
    const work = (await base()).transaction(["people", "rows", "here"], "readwrite");
    await work.objectStore("people").delete(user);
    for (const order of await work.objectStore("rows").index("user").getAllKeys(user)) {
      await work.objectStore("rows").delete(order);
    }
    if ((await work.objectStore("here").get("user")) === user) await work.objectStore("here").delete("user");
    await work.done;
  }

  return { works, exists, people, here, isFresh, arrive, keepList, listOf, leave, keep, rows, count, drop, wipe };
})();
