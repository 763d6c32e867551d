// Beside the steward's page: gives it again from the phone when there is no network.
const CACHE = "accueil";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const fromNetwork = async (request) => {
  const answer = await fetch(request);
  if (answer.status === 410) await (await caches.open(CACHE)).delete(request); // the door is shut
  return answer;
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname.includes("/accueil/donnees/")) return; // the list: never an old one as if it were new
  const stored = () => caches.match(request, { ignoreSearch: request.mode === "navigate", cacheName: CACHE });
  if (request.mode === "navigate") {
    event.respondWith(fromNetwork(request).catch(async () => (await stored()) ?? Response.error()));
  } else {
    event.respondWith(stored().then((found) => found ?? fetch(request)));
  }
});
