import { element, facts, language, say, word } from './show.js';

/** Offers to tell this phone of alerts through its push service, where both can do it. Nothing is asked before the button. */
export function offerPush(zone: string): void {
  const key = facts['pushKey'];
  if (!key || !('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return;
  void show(zone);
  element('pushButton').addEventListener('click', () => void toggle(zone, key));
}

async function show(zone: string): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  const on = (await registration.pushManager.getSubscription()) !== null && localStorage.getItem('nadhir.push') === `${zone} ${language}`;
  element('push').hidden = false;
  say('pushButton', word(on ? 'tellMeNot' : 'tellMe'));
  element('pushButton').setAttribute('aria-pressed', String(on));
}

async function toggle(zone: string, key: string): Promise<void> {
  const on = element('pushButton').getAttribute('aria-pressed') === 'true';
  try {
    const registration = await navigator.serviceWorker.ready;
    let subscription = await registration.pushManager.getSubscription();
    if (on) {
      if (subscription) {
        await post({ endpoint: subscription.endpoint, remove: true });
        await subscription.unsubscribe();
      }
      localStorage.removeItem('nadhir.push');
      say('pushSaid', '');
    } else {
      subscription ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
      await post({ ...subscription.toJSON(), zone, language });
      localStorage.setItem('nadhir.push', `${zone} ${language}`);
      say('pushSaid', word('told'));
    }
  } catch {
    say('pushSaid', word('notTold'));
  }
  await show(zone);
}

async function post(request: Record<string, unknown>): Promise<void> {
  const { expirationTime: _, ...body } = request;
  const answer = await fetch('/api/push', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(String(answer.status));
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
