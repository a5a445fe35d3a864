/* Keeps the site, so that it works without a network after the first visit. What it holds is one version of it, named
   by its content; the files are taken from there, and a new version is fetched beside it and takes over next time. */

/// <reference lib="webworker" />

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

declare const VERSION: string; // the build puts them there
declare const FILES: string[];

const CACHE = `chainrule-${VERSION}`;

worker.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll(FILES);
      await worker.skipWaiting();
    })(),
  );
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const others = (await caches.keys()).filter((name) => name.startsWith("chainrule-") && name !== CACHE);
      await Promise.all(others.map((name) => caches.delete(name)));
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(worker.registration.scope)) return;
  event.respondWith(
    (async () => {
      const kept = await caches.match(request, { ignoreSearch: true });
      return kept ?? fetch(request);
    })(),
  );
});
