import { html, nothing, type TemplateResult } from 'lit';
import { sayCause } from '../i18n/cause.js';
import { name, nameOf, t } from '../i18n/index.js';
import type { Store } from '../model/store.js';
import type { Cause } from '../model/types.js';
import { apart, words } from './parts.js';

/** Why something stands as it does, in the language shown; a code that is new to us as it came. */
export function because(store: Store, cause: Cause): string {
  if (cause.code === 'OverPaths' && cause.parts) return cause.parts.map((part, i) => path(store, cause.figures[i] ?? '', part)).join(t('list.semicolon'));
  if (cause.code === 'Several' && cause.parts) return cause.parts.map((part) => because(store, part)).join(t('list.semicolon'));
  return sayCause(cause, figures(store, cause));
}

/** What one of several paths says. */
const path = (store: Store, id: string, said: Cause): string =>
  t('cause.OverPaths', { first: apart(name('path', id)), second: because(store, said) });

/** A cause in the language shown; from a server that knows none, as it wrote it. */
export const told = (cause: Cause | undefined, written: string): TemplateResult => (cause ? html`${sayCause(cause)}` : words(written));

/** The same behind what stands before it; where it is not ours to say, what a device or a person wrote of it. */
export function why(store: Store, cause: Cause | undefined, written: string | undefined): TemplateResult | typeof nothing {
  return cause ? html` · ${because(store, cause)}` : written ? html` · ${words(written)}` : nothing;
}

/** What fills the blanks: things that have a name by their name, states by their words. */
function figures(store: Store, { code, figures }: Cause): readonly string[] | undefined {
  const [first = '', second = '', third = ''] = figures;
  switch (code) {
    case 'SeenIn': return [nameOf(store.zone(first), first)];
    case 'AlertIn': return [nameOf(store.zone(first), first), name('alert', second)];
    case 'TrackCrossed': return [first, nameOf(store.configuration?.borders.find((one) => one.id === second), second), name('direction', third)];
    default: return undefined;
  }
}
