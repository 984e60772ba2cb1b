import type { Cause } from '../model/types.js';
import { name, t, type Key } from './index.js';

const apart = (words: string): string => `\u2068${words}\u2069`;
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** A cause in the language shown; a code that is new to us as it came. */
export function sayCause(cause: Cause, figures: readonly string[] = named(cause)): string {
  const [first = '', second = '', third = ''] = figures.map(apart);
  const said = t(`cause.${cause.code}` as Key, { first, second, third });
  return said === `cause.${cause.code}` ? [cause.code, ...cause.figures].join(' ') : said;
}

/** Things, fields and states that a refusal names, by their words. */
function named({ code, figures }: Cause): readonly string[] {
  const [first = '', second = '', ...more] = figures;
  switch (code) {
    case 'NoSuch': return [name('thing', first), second];
    case 'FieldMissing': case 'FieldTooLong': case 'FieldNotBetween': case 'FieldUnknown': return [name('form', first), second, ...more];
    case 'IsInAlready': case 'ShelterOnly': return [first, name('alert', second)];
    case 'IsAlreadyAt': case 'NotToReport': return [name('directive', first), second];
    case 'IsStateAlready': return [first, [name('claim', capital(second)), name('drill', second)].find((one) => one !== capital(second) && one !== second) ?? second];
    default: return figures;
  }
}

/** Why an order was refused: said in the language shown where the server gives the code, else as it wrote it. */
export function refusal(problem: { title?: string; detail?: string; cause?: Cause }, status: number): string {
  return problem.cause ? sayCause(problem.cause) : apart(problem.detail ?? problem.title ?? `HTTP ${status}`);
}
