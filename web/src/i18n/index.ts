import { ar } from './ar.js';
import { en, type Key } from './en.js';

export type { Key } from './en.js';
export type Language = 'en' | 'ar';

const words: Record<Language, Record<Key, string>> = { en, ar };
let current: Language = 'en';

export function language(): Language {
  return current;
}

/** Switches the words, and the page's direction where there is a page. */
export function setLanguage(next: Language): void {
  current = next;
  if (typeof document === 'undefined') return;
  document.documentElement.lang = next;
  document.documentElement.dir = next === 'ar' ? 'rtl' : 'ltr';
}

/** The words for a key, with its blanks filled: t('ago', { age: '0:05' }). */
export function t(key: Key, blanks: Record<string, string | number> = {}): string {
  return words[current][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(blanks[name] ?? whole));
}

/** Words for a value that the server named, such as t('siren.' + state); the value itself when it is new to us. */
export function name(prefix: string, value: string): string {
  const key = `${prefix}.${value}` as Key;
  return key in words[current] ? words[current][key] : value;
}

/** A configured thing's name in the language shown. */
export function nameOf(thing: { id: string; name: string; names?: Record<string, string> } | undefined, id = ''): string {
  if (!thing) return id;
  return (thing.names?.[current] ?? thing.name) || thing.id;
}
