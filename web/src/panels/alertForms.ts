import { name, nameOf, t } from '../i18n/index.js';
import type { Store } from '../model/store.js';
import type { Advice, AlertRow } from '../model/types.js';
import type { CommandForm } from './commandForm.js';

/** Sentences that may be added to an alert, as the engine knows them. */
export const advices: readonly Exclude<Advice, 'None'>[] = ['StayInside', 'AwayFromWindows', 'FallingDebris', 'ClearRoads', 'OfficialWordOnly'];

/** What is kept in force by one order: a day at most. */
const mostMinutes = 1440;

/** Adds to an active alert; what is left as it is stays so. Everyone who had the alert gets the update. */
export function updateForm(store: Store, alert: AlertRow): CommandForm {
  const known = advices.map((advice) => ({ value: advice as string, word: name('advice', advice) }));
  return {
    title: 'do.update', isPublic: true, subject: nameOf(store.zone(alert.zone), alert.zone),
    note: store.configuration?.exercise ? 'confirm.update.exercise' : 'confirm.update.live',
    fields: [
      { name: 'minutes', label: 'form.keep', kind: 'number', least: 1, most: mostMinutes },
      {
        name: 'advice', label: 'form.advice', kind: 'select',
        options: [{ value: '', word: t('form.asItIs') }, ...(alert.advice ? [{ value: 'None', word: t('form.takeBack') }] : []), ...known],
      },
      ...(alert.state === 'Warning' ? [{ name: 'sound', label: 'form.soundAgain', kind: 'check' } as const] : []),
    ],
    command: (filled) => {
      const minutes = filled.number('minutes'), advice = filled.text('advice');
      return {
        type: 'alert.update', alert: alert.id, soundAgain: filled.flag('sound'),
        ...(minutes === undefined ? {} : { keepForSeconds: minutes * 60 }), ...(advice === '' ? {} : { advice }),
      };
    },
  };
}
