// Windows of one console tell each other what is selected and where the map looks.

export type Told =
  | { kind: 'track'; id: number | null }
  | { kind: 'zone'; id: string }
  /** Centre in longitude and latitude, and zoom. */
  | { kind: 'look'; centre: [number, number]; zoom: number };

const key = 'nadhir.linked';

/** Speaks to the other windows of this browser, unless this one is unlinked. What it was told is not told on. */
export class WindowLink {
  linked = localStorage.getItem(key) !== 'false';
  private readonly channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('nadhir.windows') : null;
  private last = '';
  private hearing = false;

  constructor(private readonly hear: (told: Told) => void) {
    if (!this.channel) return;
    this.channel.onmessage = (message: MessageEvent<unknown>) => {
      const told = message.data;
      if (!this.linked || !isTold(told)) return;
      this.last = JSON.stringify(told);
      this.hearing = true;
      this.hear(told);
      this.hearing = false;
    };
  }

  /** Tells the others; what they know already is not repeated. */
  tell(told: Told): void {
    const words = JSON.stringify(told);
    if (!this.linked || this.hearing || words === this.last) return;
    this.last = words;
    this.channel?.postMessage(told);
  }

  link(linked: boolean): void {
    this.linked = linked;
    localStorage.setItem(key, String(linked));
  }
}

/** Another version's window may say what we do not know. */
export function isTold(value: unknown): value is Told {
  const told = value as Partial<Record<string, unknown>> | null;
  if (typeof told !== 'object' || told === null) return false;
  switch (told['kind']) {
    case 'track': return told['id'] === null || typeof told['id'] === 'number';
    case 'zone': return typeof told['id'] === 'string';
    case 'look': return typeof told['zoom'] === 'number' && Array.isArray(told['centre']) && told['centre'].length === 2
      && told['centre'].every((one) => typeof one === 'number' && Number.isFinite(one));
    default: return false;
  }
}
