import type { CountedKey, Key, Language } from './language.js';

export type { CountedKey, Key } from './language.js';

let tag = 'en';
let spoken: Language | null = null;

/** The tag (BCP 47) of the language shown. */
export function language(): string {
  return tag;
}

/** Switches the words, and the page's direction where there is a page. */
export function setLanguage(next: string, words: Language): void {
  tag = next;
  spoken = words;
  if (typeof document === 'undefined') return;
  document.documentElement.lang = next;
  document.documentElement.dir = words.direction;
}

/** The words for a key, with its blanks filled: t('ago', { age: '0:05' }). */
export function t(key: Key, blanks: Record<string, string | number> = {}): string {
  return fill(spoken?.words[key] ?? key, blanks);
}

/** So many of a thing, in the form that the language has for that number: counted('alert.trackCount', 2). */
export function counted(key: CountedKey, count: number, blanks: Record<string, string | number> = {}): string {
  const forms = spoken?.words[key];
  const form = forms?.[new Intl.PluralRules(tag).select(count)] ?? forms?.other ?? key;
  return fill(form, { ...blanks, count: `\u2066${count}\u2069` });
}

/** Words for a value that the server named, such as name('siren', state); the value itself when it is new to us. */
export function name(prefix: string, value: string): string {
  const words = spoken?.words[`${prefix}.${value}` as Key];
  return typeof words === 'string' ? words : value;
}

/** A configured thing's name in the language shown. */
export function nameOf(thing: { id: string; name: string; names?: Record<string, string> } | undefined, id = ''): string {
  if (!thing) return id;
  return (thing.names?.[tag] ?? thing.name) || thing.id;
}

function fill(words: string, blanks: Record<string, string | number>): string {
  return words.replace(/\{(\w+)\}/g, (whole, blank: string) => String(blanks[blank] ?? whole));
}
