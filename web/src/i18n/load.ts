// Which languages there are, and fetching the one that is asked for: the others stay where they are.
import { setLanguage } from './index.js';
import type { Language } from './language.js';

const files = import.meta.glob<Language>('../languages/*.ts', { import: 'default' });
const place = 'nadhir.language';

/** Tags (BCP 47) of all languages: one for each file in `languages`. */
export const languages: readonly string[] = Object.keys(files).map((path) => /([\w-]+)\.ts$/.exec(path)?.[1] ?? '').sort();

/** What this person chose before; else the first of the browser's languages that we have. */
export function chosenLanguage(): string {
  const wanted = [localStorage.getItem(place) ?? '', ...navigator.languages.map((one) => one.split('-')[0] ?? '')];
  return wanted.find((one) => languages.includes(one)) ?? 'en';
}

/** Fetches a language's words and shows them from now on. Until they are here nothing changes. */
export async function useLanguage(tag: string): Promise<void> {
  const file = files[`../languages/${tag}.ts`];
  if (!file) return;
  setLanguage(tag, await file());
}

/** Switches, and remembers it on this machine. */
export async function chooseLanguage(tag: string): Promise<void> {
  await useLanguage(tag);
  localStorage.setItem(place, tag);
}

/** A language's name in its own words. */
export function ownName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}
