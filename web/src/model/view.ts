// What a window shows, by its address: everything, one part, one board, or the wall.
import type { Tab } from './store.js';

export const tabs: readonly Tab[] = [
  'sites', 'sirens', 'coverage', 'directives', 'drills', 'shift', 'incidents', 'statements', 'flights', 'papers', 'cases', 'health', 'log',
];

export type View =
  | { kind: 'all' | 'wall' | 'alerts' | 'boards' | 'map' }
  /** One board alone. */
  | { kind: 'board'; tab: Tab };

/** The view an address asks for; everything when it asks for what there is not. */
export function viewOf(search: string): View {
  const wanted = new URLSearchParams(search).get('view') ?? '';
  if (wanted === 'wall' || wanted === 'alerts' || wanted === 'boards' || wanted === 'map') return { kind: wanted };
  return tabs.includes(wanted as Tab) ? { kind: 'board', tab: wanted as Tab } : { kind: 'all' };
}

/** The three parts a phone shows one at a time. */
export type Part = 'alerts' | 'boards' | 'map';

/** Narrower than this only one part is on the screen. */
export const phoneWidth = 700;

export const showsMap = (view: View): boolean => view.kind === 'all' || view.kind === 'map';
