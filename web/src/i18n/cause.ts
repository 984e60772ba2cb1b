import type { Cause } from '../model/types.js';
import { language, name, t, type Key } from './index.js';

/** Words of others, held apart; a date with its time stays on one line, and so does each id. */
const apart = (words: string): string => `\u2068${/^\d{4}-\d\d-\d\d[ \d:Z]*$/.test(words) ? unbroken(words).replaceAll(' ', '\u00a0')
  : words.replace(/\b[A-Z\d]{1,12}(?:-[A-Z\d]{1,12}){1,3}\b/g, unbroken)}\u2069`;

/** The same with hyphens behind which no line ends: SIM-1 stays whole. */
const unbroken = (id: string): string => id.replaceAll('-', '-\u2060');
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** A cause in the language shown; a code that is new to us as it came. */
export function sayCause(cause: Cause, figures: readonly string[] = named(cause)): string {
  if (cause.code === 'OverPaths') return (cause.parts ?? []).map((part, i) => t('cause.OverPaths', { first: apart(name('path', cause.figures[i] ?? '')), second: sayCause(part) })).join(t('list.semicolon'));
  if (cause.code === 'Several' && cause.parts) return sayAll(cause.parts);
  const [first = '', second = '', third = '', fourth = ''] = cause.parts ? [sayAll(cause.parts)] : figures.map(apart);
  const said = t(`cause.${cause.code}` as Key, { first, second, third, fourth });
  return said === `cause.${cause.code}` ? [cause.code, ...cause.figures].join(' ') : said;
}

/** Several, one after the other. */
export const sayAll = (causes: readonly Cause[]): string => causes.map((one) => sayCause(one)).join(t('list.semicolon'));

/** Things, fields and states that a refusal names, by their words. */
function named({ code, figures }: Cause): readonly string[] {
  const [first = '', second = '', ...more] = figures;
  switch (code) {
    case 'NoSuch': return [name('thing', first), second];
    case 'FieldMissing': case 'FieldTooLong': case 'FieldNotBetween': case 'FieldUnknown':
    case 'TooManyRows': return [fieldName(first), second, ...more];
    case 'ThereAre': return [first, name('count', second)];
    case 'HasSoMany': return [first, second, name('count', more[0] ?? '')];
    case 'CourseTowards': return [first, name('wind', second)];
    case 'TheyAnswered': return [/^(?:HTTP )?(\d{3})\b/.exec(first)?.[1] ?? first];
    case 'DossierOf': return [first, name('dossier', second), more[0] ? new Intl.DisplayNames([language()], { type: 'language' }).of(more[0]) ?? '' : ''];
    case 'Saw': case 'SawSoMany': return [name('what', first), second];
    case 'IsInAlready': case 'ShelterOnly': return [first, name('alert', second)];
    case 'IsAlreadyAt': case 'NotToReport': return [name('directive', first), second];
    case 'IsStateAlready': return [first, [name('claim', capital(second)), name('drill', second)].find((one) => one !== capital(second) && one !== second) ?? second];
    default: return figures;
  }
}

/** A field by the label of the form that asks for it, or by its own word. */
const fieldName = (field: string): string => [name('field', field), name('form', field)].find((one) => one !== field) ?? field;

/** Why an order was refused: said in the language shown where the server gives the code, else as it wrote it. */
export function refusal(problem: { title?: string; detail?: string; cause?: Cause }, status: number): string {
  return problem.cause ? sayCause(problem.cause) : apart(problem.detail ?? problem.title ?? `HTTP ${status}`);
}
