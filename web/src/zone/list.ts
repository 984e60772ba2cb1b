import { element, entry, language, say, word } from './show.js';
import { zonesAt, type Outline } from './place.js';

/** The list of zones: kept fresh, and "where I am", found on the phone itself. */
export function watchList(): void {
  setInterval(() => void refresh(), 15_000);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refresh();
  });
  if (!('geolocation' in navigator) || !window.isSecureContext) return;
  element('where').hidden = false;
  element('whereNote').hidden = false;
  element('whereButton').addEventListener('click', () => void locate());
}

/** Fetches this very page and takes its list over. A failure shows: tags turn grey, and it says so. */
async function refresh(): Promise<void> {
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(8000), headers: { 'X-Fresh': '1' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const zones = page.getElementById('zones');
    if (!zones) return;
    element('zones').replaceChildren(...[...zones.children].map((child) => document.adoptNode(child)));
    document.documentElement.dataset['link'] = page.documentElement.dataset['link'] ?? 'live';
    if (element('whereSaid').dataset['lost']) say('whereSaid', '');
    delete element('whereSaid').dataset['lost'];
  } catch {
    document.documentElement.dataset['link'] = 'lost';
    element('whereSaid').dataset['lost'] = '1';
    say('whereSaid', word('lost'));
  }
}

async function locate(): Promise<void> {
  say('whereSaid', word('locating'));
  element('whereList').replaceChildren();
  try {
    // All outlines are fetched, whoever asks: which one is ours stays here.
    const [answer, at] = await Promise.all([fetch('/api/zone-outlines'), position()]);
    const found = zonesAt((await answer.json()) as Outline[], [at.latitude, at.longitude]);
    say('whereSaid', word(found.length > 0 ? 'youAreIn' : 'inNoZone'));
    element('whereList').replaceChildren(...found.map((one) => entry(one.zone, one.names[language] ?? one.zone)));
  } catch {
    say('whereSaid', word('noPlace'));
  }
}

function position(): Promise<GeolocationCoordinates> {
  return new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(
    ({ coords }) => resolve(coords), reject, { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 }));
}
