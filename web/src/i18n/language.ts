import type english from '../languages/en.js';

type English = (typeof english)['words'];

/** A phrase in the forms that a language's numbers ask for; `{count}` is the number. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** What has words. */
export type Key = { [K in keyof English]: English[K] extends string ? K : never }[keyof English];
/** What is counted. */
export type CountedKey = Exclude<keyof English, Key>;

/** A language as its one file gives it: a key too few or too many does not compile. */
export interface Language {
  readonly direction: 'ltr' | 'rtl';
  readonly words: { readonly [K in Key]: string } & { readonly [K in CountedKey]: Forms };
}
