// The service worker of the page for reports: without a connection a phone opens the page as it was kept. It never answers
// for the API: what the server did not say is not said in its name.
import type { ServiceWorkerSelf } from '../net/serviceWorker.js';

const worker = globalThis as unknown as ServiceWorkerSelf;
const shelf = 'nadhir-report-1';
/** After so long the kept page is shown: who reports an aircraft does not wait for a network that is gone. */
const patience = 3000;
/** Files of older pages go when more than this are kept. */
const mostFiles = 60;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
// The first page came before there was a worker to keep it: it tells what it is made of.
worker.addEventListener('message', (event) => event.waitUntil(Promise.all(event.data.map((url) => kept(new Request(url))))));
worker.addEventListener('fetch', (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(newest(request));
  else if (/\/assets\//.test(pathname)) event.respondWith(kept(request));
});

/** The page itself: as the server has it, else as it was kept. */
async function newest(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) });
    if (answer.ok) await keep(request, answer.clone());
    return answer;
  } catch (lost) {
    const page = await (await caches.open(shelf)).match(request, { ignoreSearch: true });
    if (!page) throw lost;
    return page;
  }
}

/** Its scripts, styles and fonts carry what they hold in their name: what is kept is right. */
async function kept(request: Request): Promise<Response> {
  const file = await (await caches.open(shelf)).match(request);
  if (file) return file;
  const answer = await fetch(request);
  if (answer.ok) await keep(request, answer.clone());
  return answer;
}

async function keep(request: Request, answer: Response): Promise<void> {
  const cache = await caches.open(shelf);
  await cache.delete(request);
  await cache.put(request, answer);
  const all = await cache.keys();
  for (const old of all.slice(0, Math.max(0, all.length - mostFiles))) await cache.delete(old);
}
