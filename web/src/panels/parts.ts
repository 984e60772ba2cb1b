import { html, nothing, type TemplateResult } from 'lit';
import { clock, date, span } from '../format.js';
import { counted, t, type Key } from '../i18n/index.js';
import type { Store } from '../model/store.js';

/** Anything in Latin digits or letters, kept whole within right-to-left text. */
export const ltr = (text: unknown): TemplateResult => html`<bdi dir="ltr" class=${String(text).length <= keptWhole ? 'whole' : nothing}>${text}</bdi>`;

/** Figures, times and ids no longer than this stay on one line: SIM-1 does not break at its hyphen. */
const keptWhole = 24;

/** Ids one after the other, each whole, in the reading order of the language. */
export const ids = (all: readonly string[]): unknown => all.map((id, i) => html`${i > 0 ? ' ' : nothing}${ltr(id)}`);

/** Words that others wrote, in whatever direction they run, where no element can hold them apart. */
export const apart = (words: string): string => `\u2068${words}\u2069`;

/** The same for a blank of a sentence. */
export const isolated = (value: unknown): string => `\u2066${String(value)}\u2069`;

/** Words in whatever language their author wrote them. */
export const words = (text: string): TemplateResult => html`<bdi dir="auto">${text}</bdi>`;

export function timeOf(store: Store, iso: string): TemplateResult {
  const zone = store.configuration?.timeZone ?? 'UTC';
  const at = Date.parse(iso);
  return html`<time datetime=${iso} title="${date(at, zone)} ${clock(at, zone)} ${zone}"><bdi dir="ltr">${clock(at, zone)}</bdi></time>`;
}

/** The day, where the time alone would not say which. */
export const dayOf = (store: Store, iso: string): TemplateResult => ltr(date(Date.parse(iso), store.configuration?.timeZone ?? 'UTC'));

/** What is older than this is told in days, seconds. */
const inDaysFrom = 2 * 86_400;

/** "0:12 ago", "3 days ago", or "never". */
export function ageOf(store: Store, iso: string | undefined): TemplateResult {
  if (!iso) return html`${t('never')}`;
  const seconds = (store.now() - Date.parse(iso)) / 1000;
  return seconds < inDaysFrom ? filled('ago', 'age', span(seconds)) : html`${t('ago', { age: counted('age.days', Math.floor(seconds / 86_400)) })}`;
}

/** A sentence with one blank, whose filling is kept left to right. */
export const filled = (key: Key, blank: string, value: string): TemplateResult => filledWith(key, blank, ltr(value));

/** A sentence with one blank for whatever a template shows. */
export function filledWith(key: Key, blank: string, value: unknown): TemplateResult {
  const [before, after] = t(key, { [blank]: '\u0000' }).split('\u0000');
  return html`${before}${value}${after}`;
}

/** What stands where a list has not come yet: never an empty list. */
export const loading = (): TemplateResult => html`<p class="empty">${t('loading')}</p>`;

/** What stands where a list is known to be empty: since when we know, and whether that means anything. */
export function none(store: Store, key: Key): TemplateResult {
  const zone = store.configuration?.timeZone ?? 'UTC';
  return html`<p class="empty">${t(key)} <small>${filled('none.asOf', 'time', clock(store.boardsKnownAt() ?? store.now(), zone))}</small></p>`;
}

/** As of when the boards are known: the age of all that stands below. */
export function asOf(store: Store): TemplateResult | typeof nothing {
  const at = store.boardsKnownAt();
  if (at === null) return nothing;
  const age = Math.max(0, store.now() - at) / 1000;
  return html`<span class="age ${age > 5 ? 'old' : ''}">${filled('none.knownAt', 'time', clock(at, store.configuration?.timeZone ?? 'UTC'))}${age > 5
    ? html` (${filled('ago', 'age', span(age))})` : nothing}</span>`;
}

export function withheldNote(store: Store): TemplateResult | typeof nothing {
  return store.withheld > 0 ? html`<p class="note">${filled('withheld', 'count', String(store.withheld))}</p>` : nothing;
}

/** A state as a badge: colour, shape and word. */
export const badge = (kind: string, shape: string, word: string): TemplateResult =>
  html`<span class="badge ${kind}"><span class="shape" aria-hidden="true">${shape}</span>${word}</span>`;

const roleKey = 'nadhir.role';

/** Who gives orders in this tab, by that person's own word. */
export const role = (): string => sessionStorage.getItem(roleKey) ?? '';
export const setRole = (by: string): void => sessionStorage.setItem(roleKey, by);
