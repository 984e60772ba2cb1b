import { badgeOf, digitRuns, fill, interval, said, shapes, span, type Knowledge, type ZoneState } from './state.js';

// Fills the places that the server's page has, found by their ids, and adds nothing else: markup comes from the server,
// text is only ever set as text.

export const language = document.documentElement.lang;
export const facts = document.body.dataset;
export const words = JSON.parse(document.getElementById('words')?.textContent ?? '{}') as Record<string, string>;
const clocks = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: facts['zoneTime'] ?? 'UTC' });

export function element(id: string): HTMLElement {
  return document.getElementById(id) ?? document.createElement('span');
}

export function word(key: string, blanks: Record<string, string> = {}): string {
  return fill(words[key] ?? '', blanks);
}

/** Sets a text, its digits set apart. Leaves alone what already says so: a screen reader speaks every change. */
export function say(id: string, text: string): void {
  const place = element(id);
  if (place.textContent === text) return;
  place.replaceChildren(...digitRuns(text).map((part) => {
    if (!part.digits) return document.createTextNode(part.text);
    const apart = document.createElement('bdi');
    apart.textContent = part.text;
    return apart;
  }));
}

/** Shows or hides a row, and says what is in it. */
function row(id: string, text: string | null, box = `${id}Row`): void {
  element(box).hidden = text === null;
  if (text !== null) say(id, text);
}

/** Clock time in the zone of the people, hours and minutes, or with seconds. */
export function clock(time: number, seconds = false): string {
  return Number.isFinite(time) ? clocks.format(time).slice(0, seconds ? 8 : 5) : '';
}

/** Marks words that are not in the page's language. */
function inLanguage(place: HTMLElement, tag: string): void {
  if (tag === language) {
    place.removeAttribute('lang');
    place.removeAttribute('dir');
  } else {
    place.lang = tag;
    place.dir = 'auto';
  }
}

export function showState(state: ZoneState): void {
  const texts = said(state.texts, language), zone = state.names[language] ?? state.zone;
  for (const id of ['headline', 'do', 'description']) inLanguage(element(id), texts?.language ?? language);
  element('state').dataset['state'] = state.state;
  say('headline', texts?.words.headline ?? word(state.within ? 'partHeadline' : 'noneHeadline', { zone }));
  say('do', texts?.words.instruction ?? word('noneAdvice'));
  row('since', state.since ? clock(Date.parse(state.since)) : null);
  row('distance', state.distanceKilometres === undefined ? null : word('kilometres', { count: String(state.distanceKilometres) }));
  row('description', texts?.words.description ?? null, 'description');
  row('holds', state.holdsFrom ? word('holdsFrom', { zone: state.holdsFrom.names[language] ?? '' }) : null, 'holds');
  const watched = { Blind: 'Blind', Thinned: 'Thinned', None: 'Unwatched', Full: '' }[state.coverage ?? 'Full'];
  row('coverage', watched ? word(watched) : null, 'coverage');
  element('arrivalRow').hidden = !state.arrival;
  if (state.arrival) say('arrivalClock', interval(Date.parse(state.arrival.earliest), Date.parse(state.arrival.latest), clock));
  element('within').hidden = !state.within;
  element('withinList').replaceChildren(...(state.within ?? []).map((one) => entry(one.zone, one.names[language] ?? one.zone, one.state)));
}

export function entry(zone: string, name: string, state?: string): HTMLElement {
  const item = document.createElement('li'), link = document.createElement('a');
  link.href = `/zone/${encodeURIComponent(zone)}?lang=${language}`;
  if (state && state !== 'None') {
    const tag = document.createElement('span');
    tag.className = 'tag';
    tag.dataset['state'] = state;
    tag.textContent = `${shapes[state] ?? ''} ${word(state)}`;
    link.append(tag);
  }
  link.append(name);
  item.append(link);
  return item;
}

/** What changes by the second: the countdown, and how old the knowledge is. Says so before anything else when it is old. */
export function showTime(state: ZoneState | null, knowledge: Knowledge, now: number, keptAt: number | null): void {
  const time = knowledge.time(now), age = knowledge.age(now), link = knowledge.link(now);
  const badge = state ? badgeOf(state, link) : 'Unknown';
  const name = facts['name'] ?? '';
  document.documentElement.dataset['link'] = link;
  say('badge', link === 'lost' || link === 'stale' ? word('lastKnown', { state: word(badge) }) : word(badge));
  say('shape', shapes[badge === 'Part' ? 'None' : badge] ?? '');
  document.title = `${state?.exercise ? `${word('exercise')} · ` : ''}${shapes[badge] ?? ''} ${word(badge)} – ${name}`;
  element('link').hidden = link === 'live';
  if (link === 'lost' || link === 'unknown') {
    say('linkWhat', word('lost'));
    say('linkSaid', keptAt !== null ? word('cached', { time: clock(keptAt) }) : age === null ? word('unknownAdvice') : word('lostDetail', { age: span(age) }));
  } else if (link === 'stale') {
    say('linkWhat', word('Unknown'));
    say('linkSaid', word('stale', { age: span(age ?? 0) }));
  }
  if (link === 'unknown' && state) {
    say('headline', word('unknownHeadline', { zone: name }));
    // What bade people to act keeps doing so; calm is not carried on.
    const last = word('lastKnown', { state: word(badgeOf(state, 'live')) });
    const acts = state.state === 'Warning' || state.state === 'Watch' ? ` ${said(state.texts, language)?.words.instruction ?? ''}` : '';
    say('do', `${word('unknownAdvice')} ${last}.${acts}`);
  }
  if (time !== null && age !== null) say('asOf', word('asOf', { time: clock(time - age, true) }));
  if (!state?.arrival || time === null) return;
  const latest = Date.parse(state.arrival.latest) - time;
  say('countdown', latest <= 0 ? word('arrivedMaybe') : `${span(Date.parse(state.arrival.earliest) - time)} – ${span(latest)}`);
}
