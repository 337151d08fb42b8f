// The service worker: one page of its own for when there is no network. No page of a person is ever kept.
"use strict";

const SHELL = "mentorkorps-{{ version }}";
const PAGE = "{% url 'phone_page' %}";
const FILES = {{ files|safe }};

// Without cookies, so that what is kept is the same for everyone.
const plain = (address) => new Request(address, { cache: "reload", credentials: "omit" });

async function keepShell() {
  const shell = await caches.open(SHELL);
  await shell.addAll([PAGE, ...FILES].map(plain));
  // Nothing that waits is in here, so a new version can take over at once.
  await self.skipWaiting();
}

async function dropOldShells() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// 502 to 504 are what stands in front of the house when the house does not answer.
async function pageOrShell(request) {
  try {
    const answer = await fetch(request);
    return answer.status >= 502 && answer.status <= 504 ? await caches.match(PAGE) : answer;
  } catch {
    return caches.match(PAGE);
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepShell()));
self.addEventListener("activate", (event) => event.waitUntil(dropOldShells()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(pageOrShell(request));
  } else if (request.method === "GET" && FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
  }
});
