// The service worker of the public's pages: without a connection it shows the page as it was kept, marked as kept, and
// it shows push messages. It never answers for the API: old news must not look like an answer.
import type { ServiceWorkerSelf } from '../net/serviceWorker.js';

const worker = globalThis as unknown as ServiceWorkerSelf;
const shelf = 'nadhir-zone-1';
const files = ['/zone/zone.js', '/zone/icon-192.png'];
/** Pages kept, so that a phone that looked at every zone does not fill up. */
const mostPages = 20;
/** After so long the kept page is shown, and the page itself goes on trying. */
const patience = 4000;

worker.addEventListener('install', (event) => event.waitUntil(
  caches.open(shelf).then((cache) => cache.addAll(files)).then(() => worker.skipWaiting())));

worker.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== shelf) await caches.delete(name);
  await worker.clients.claim();
})()));

worker.addEventListener('fetch', (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || request.headers.has('X-Fresh')) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (files.includes(url.pathname)) event.respondWith(file(request));
});

async function page(request: Request): Promise<Response> {
  const cache = await caches.open(shelf);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) });
    if (answer.ok && answer.type === 'basic') await put(cache, request, answer.clone());
    return answer;
  } catch (lost) {
    const kept = (await cache.match(request)) ?? (await cache.match(request, { ignoreSearch: true }));
    if (!kept) throw lost;
    const at = Number(kept.headers.get('X-Kept'));
    // The mark is in the page before it is drawn: not for a moment does it look current.
    const html = (await kept.text()).replace(/data-link="\w+"/, `data-link="unknown" data-kept="${at}"`)
      .replace(/ id="link" role="status" hidden>/, ' id="link" role="status">');
    return new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8', ...policyOf(kept) } });
  }
}

function policyOf(kept: Response): Record<string, string> {
  const policy = kept.headers.get('Content-Security-Policy');
  return policy ? { 'Content-Security-Policy': policy } : {};
}

async function put(cache: Cache, request: Request, answer: Response): Promise<void> {
  const headers = new Headers(answer.headers);
  headers.set('X-Kept', String(Date.now()));
  await cache.put(request, new Response(await answer.blob(), { headers }));
  const pages = (await cache.keys()).filter((one) => !files.includes(new URL(one.url).pathname));
  for (const old of pages.slice(0, Math.max(0, pages.length - mostPages))) await cache.delete(old);
}

async function file(request: Request): Promise<Response> {
  const cache = await caches.open(shelf);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (lost) {
    const kept = await cache.match(request);
    if (!kept) throw lost;
    return kept;
  }
}

interface Message { title: string; body: string; tag: string; url: string; language: string; direction: 'ltr' | 'rtl'; insistent: boolean }

worker.addEventListener('push', (event) => {
  const message = event.data?.json() as Message | undefined;
  if (!message) return;
  // Of one alert only the newest stands there, and it sounds again.
  const options = {
    body: message.body, tag: message.tag, renotify: true, requireInteraction: message.insistent, lang: message.language,
    dir: message.direction, icon: '/zone/icon-192.png', badge: '/zone/icon-192.png', data: { url: message.url },
  };
  event.waitUntil(worker.registration.showNotification(message.title, options as NotificationOptions));
});

worker.addEventListener('notificationclick', (event) => {
  const { url } = event.notification.data as { url: string };
  event.notification.close();
  event.waitUntil((async () => {
    const path = new URL(url, location.origin).pathname;
    const open = (await worker.clients.matchAll({ type: 'window' })).find((one) => new URL(one.url).pathname === path);
    await (open ? open.focus() : worker.clients.openWindow(url));
  })());
});
