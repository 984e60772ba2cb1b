// What a hand-over's items say, from the figures that the engine gives with them. The order of the figures is that of
// HandOverItem in Nadhir.Core.
import type { HandOverItem } from './types.js';

export type ItemWords =
  | { kind: 'alert'; zone: string; state: string; waits: string }
  | { kind: 'siren'; zone: string; state: string }
  | { kind: 'sensor'; state: string }
  | { kind: 'directive'; open: string; all: string; overdue: string }
  | { kind: 'phase'; phase: string; standing: string }
  | { kind: 'threat'; level: string }
  | { kind: 'measure'; state: string }
  | { kind: 'readiness'; status: string }
  /** Of a kind that is new to us. */
  | { kind: 'other'; words: string };

export function itemWords(item: HandOverItem): ItemWords {
  const [first = '', second = '', third = ''] = item.figures;
  switch (item.kind) {
    case 'Alert': return { kind: 'alert', zone: first, state: second, waits: third };
    case 'Siren': return { kind: 'siren', zone: first, state: second };
    case 'Sensor': return { kind: 'sensor', state: first };
    case 'Directive': return { kind: 'directive', open: first, all: second, overdue: third };
    case 'Phase': return { kind: 'phase', phase: first, standing: second };
    case 'ThreatLevel': return { kind: 'threat', level: first };
    case 'Measure': return { kind: 'measure', state: first };
    case 'Readiness': return { kind: 'readiness', status: first };
    default: return { kind: 'other', words: item.detail };
  }
}
