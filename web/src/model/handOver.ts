// What a hand-over's items say, read back from the words of the record so that each language can say it in its own.
// The words are those of HandOverList in Nadhir.Core; a sentence it does not know is shown as it came.

export type ItemWords =
  | { kind: 'alert'; zone: string; state: string; waits: 'release' | 'allClear' | 'acknowledgement' }
  | { kind: 'siren'; zone: string; state: string; aside: string }
  | { kind: 'sensor'; state: string; aside: string }
  | { kind: 'directive'; open: number; all: number; overdue: number }
  | { kind: 'phase'; phase: string; standing: string }
  | { kind: 'threat'; level: string }
  | { kind: 'measure'; state: string | null }
  | { kind: 'readiness'; status: string }
  | { kind: 'other'; words: string };

const waits = { 'waits for its release': 'release', 'waits for the all-clear': 'allClear', 'not acknowledged': 'acknowledgement' } as const;

export function itemWords(kind: string, detail: string): ItemWords {
  const other: ItemWords = { kind: 'other', words: detail };
  const found = (pattern: RegExp): RegExpExecArray | null => pattern.exec(detail);
  switch (kind) {
    case 'Alert': {
      const match = found(/^(.+) is in (\w+), (.+)$/);
      const what = match?.[3] as keyof typeof waits | undefined;
      return match?.[1] && match[2] && what && what in waits ? { kind: 'alert', zone: match[1], state: match[2], waits: waits[what] } : other;
    }
    case 'Siren': {
      const match = found(/^(.+?): (\w+)(?:, ([^]*))?$/);
      return match?.[1] && match[2] ? { kind: 'siren', zone: match[1], state: match[2], aside: match[3] ?? '' } : other;
    }
    case 'Sensor': {
      const match = found(/^(\w+)(?:, ([^]*))?$/);
      return match?.[1] ? { kind: 'sensor', state: match[1], aside: match[2] ?? '' } : other;
    }
    case 'Directive': {
      const match = found(/^(\d+) of (\d+) formations not done, (\d+) overdue$/);
      return match ? { kind: 'directive', open: Number(match[1]), all: Number(match[2]), overdue: Number(match[3]) } : other;
    }
    case 'Phase': {
      const match = found(/^phase (.+): (\w+)$/);
      return match?.[1] && match[2] ? { kind: 'phase', phase: match[1], standing: match[2] } : other;
    }
    case 'ThreatLevel': {
      const match = found(/^threat level (.+) has expired$/);
      return match?.[1] ? { kind: 'threat', level: match[1] } : other;
    }
    case 'Measure': {
      if (detail === 'check is overdue') return { kind: 'measure', state: null };
      const match = found(/^(\w+), overdue$/);
      return match?.[1] ? { kind: 'measure', state: match[1] } : other;
    }
    case 'Readiness': {
      const match = found(/^last reported (\w+), too old$/);
      return match?.[1] ? { kind: 'readiness', status: match[1] } : other;
    }
    default: return other;
  }
}
