import type { KeyBinding } from '../tools/keys.js';
import type { TimeDesk } from './desk.js';

/** Space stands or goes on, arrows step, L is now. Space presses a button that has the focus, arrows walk its tabs. */
export function timeKeys(desk: TimeDesk): KeyBinding[] {
  const step = (sign: number) => (event: KeyboardEvent): void => {
    const forward = document.documentElement.dir === 'rtl' ? -sign : sign;
    desk.step(forward * (event.shiftKey ? 10 : 1));
  };
  const steps = (event: KeyboardEvent): boolean => !desk.isLive && !within(event, '[role=tab], #map');
  return [
    { group: 'time', keys: [' '], what: 'keys.stand', run: () => desk.toggle(), when: (event) => !within(event, 'button, a, summary, input') },
    { group: 'time', keys: ['l'], what: 'keys.live', run: () => desk.live() },
    { group: 'time', keys: ['ArrowLeft'], what: 'keys.stepLeft', run: step(-1), when: steps },
    { group: 'time', keys: ['ArrowRight'], what: 'keys.stepRight', run: step(1), when: steps },
    { group: 'time', keys: [','], what: 'time.mark.before', run: () => desk.jump(false) },
    { group: 'time', keys: ['.'], what: 'time.mark.next', run: () => desk.jump(true) },
  ];
}

const within = (event: Event, selector: string): boolean => event.target instanceof Element && event.target.closest(selector) !== null;
