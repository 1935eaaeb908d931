// Stores the files of the page when it is first visited, and answers with them from then on.
// A new build has another version: its files are stored beside the old ones, which go when no page uses them any more.
const version = __VERSION__;
const files = __FILES__;
const cacheName = `footlight-playground-${version}`;

addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)));
  skipWaiting();
});

addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      const old = names.filter((name) => name.startsWith('footlight-playground-') && name !== cacheName);
      await Promise.all(old.map((name) => caches.delete(name)));
      await clients.claim();
    })(),
  );
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  event.respondWith(answer(request));
});

/** With these headers a page may share memory between threads. */
async function answer(request) {
  const response = (await caches.match(request, { ignoreSearch: true, ignoreVary: true })) ?? (await fetch(request));
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
