// Keys that do something wherever the focus is, and a list of them for whoever asks with `?`.
import type { Key } from '../i18n/index.js';

export type KeyGroup = 'alerts' | 'map' | 'tracks' | 'show' | 'window' | 'time';

export interface KeyBinding {
  /** As `KeyboardEvent.key` names it on a Latin keyboard; letters small. */
  keys: string[];
  what: Key;
  group: KeyGroup;
  run(event: KeyboardEvent): void;
  /** Only while the map has the focus: keys that also scroll or move in lists. */
  onMap?: boolean;
  /** When it is something else's key, it is left alone. */
  when?(event: KeyboardEvent): boolean;
}

const bindings: KeyBinding[] = [];

/** Adds keys; later ones with the same key are not heard. */
export function addKeys(more: readonly KeyBinding[]): void {
  bindings.push(...more);
}

export const allKeys = (): readonly KeyBinding[] => bindings;

/** Where a person writes, and where a question waits for an answer, keys are letters. */
function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input:not([type=checkbox]):not([type=radio]):not([type=range]), select, textarea, dialog') !== null);
}

/** The key by its place on the board where the letters are others: an Arabic keyboard has no F. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string {
  if (event.key.length > 1 || /[\x20-\x7e]/.test(event.key)) return event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.key === '؟') return '?';
  const letter = /^(?:Key|Digit)(\w)$/.exec(event.code)?.[1];
  if (letter) return letter.toLowerCase();
  return { Slash: event.shiftKey ? '?' : '/', BracketLeft: '[', BracketRight: ']', Minus: '-', Equal: '+', Comma: ',', Period: '.' }[event.code] ?? event.key;
}

/** Listens for good. `mayUse` says whether single keys are switched on; Escape and the map's own keys always are. */
export function listenForKeys(map: HTMLElement, mayUse: () => boolean): void {
  document.addEventListener('keydown', (event) => {
    // A question is open: keys are its own, also when the button that had the focus is switched off and nothing has it.
    if (document.querySelector('dialog[open]')) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || writes(event.target)) return;
    const [key, inMap] = [keyOf(event), map.contains(document.activeElement)];
    const binding = bindings.find((one) => one.keys.includes(key) && (!one.onMap || inMap) && (one.when?.(event) ?? true));
    if (!binding || !(binding.onMap || key === 'Escape' || mayUse())) return;
    event.preventDefault();
    binding.run(event);
  });
}
