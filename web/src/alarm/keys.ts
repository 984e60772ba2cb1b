import type { Actions } from '../actions.js';
import type { Store } from '../model/store.js';
import type { Ear } from '../sound/ear.js';
import type { KeyBinding } from '../tools/keys.js';
import { toCard } from './glance.js';

/** The alerts and boards by keys alone: to a card, and from there Tab and Enter give the order. */
export function alertKeys(store: Store, actions: Actions, ear: Ear): KeyBinding[] {
  return [
    { group: 'alerts', keys: ['a'], what: 'keys.alert', run: () => actions.toAlerts(nextCard) },
    { group: 'alerts', keys: ['u'], what: 'keys.raise', run: () => (store.operator ? actions.raise() : undefined) },
    { group: 'alerts', keys: ['q'], what: 'keys.silence', run: () => ear.silence() },
    { group: 'alerts', keys: ['w'], what: 'keys.boards', run: () => actions.showBoard(store.tab) },
  ];
}

/** The gravest alert's first order, the next alert's when one has the focus; their list where there is none. */
function nextCard(): void {
  const cards = [...document.querySelectorAll<HTMLElement>('.alerts [data-alert]')];
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  if (cards.length > 0) toCard(cards[(at + 1) % cards.length]);
  else document.querySelector<HTMLElement>('.alerts .scroll')?.focus();
}
