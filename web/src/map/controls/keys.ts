import type { KeyBinding } from '../../tools/keys.js';
import { gravestAfter } from '../../model/urgency.js';
import { depths, heightChoices, next, sizeChoices, vectorChoices, type Drawer, type Layer } from '../settings.js';
import type { MapControls } from './mapControls.js';

/** The page is drawn anew within so many milliseconds of a change. */
const afterDrawing = 120;

/** The map by keys alone: everything a mouse can do here has one. */
export function keysOf(controls: MapControls): KeyBinding[] {
  const { store, map } = controls;
  const { settings } = store;
  const layer = (which: Layer) => () => {
    settings.shown[which] = !settings.shown[which];
    controls.changed();
  };
  const height = (by: number) => () => {
    const at = Math.max(0, Math.min(heightChoices.length - 1, heightChoices.indexOf(settings.coverageHeight) + by));
    settings.coverageHeight = heightChoices[at] ?? settings.coverageHeight;
    controls.changed();
  };
  const drawer = (which: Drawer) => () => {
    controls.toggle(which);
    setTimeout(() => document.querySelector<HTMLElement>('#map-drawer input, #map-drawer [tabindex]')?.focus(), afterDrawing);
  };
  const pan = (event: KeyboardEvent): void => {
    const by = event.shiftKey ? 4 : 1;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') map.pan(event.key === 'ArrowLeft' ? -by : by, 0);
    else map.pan(0, event.key === 'ArrowUp' ? -by : by);
  };
  return [
    { group: 'map', keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], what: 'keys.pan', run: pan, onMap: true },
    { group: 'map', keys: ['+', '='], what: 'map.in', run: () => map.zoom(1) },
    { group: 'map', keys: ['-'], what: 'map.out', run: () => map.zoom(-1) },
    { group: 'map', keys: ['h'], what: 'map.home', run: () => map.home() },
    { group: 'map', keys: ['g'], what: 'keys.gravest', run: () => showGravest(controls) },
    { group: 'map', keys: ['m'], what: 'keys.measure', run: () => controls.measure() },
    { group: 'map', keys: ['Enter'], what: 'keys.mark', run: () => (map.measure.on ? map.mark() : undefined), onMap: true },
    { group: 'tracks', keys: ['/'], what: 'keys.search', run: () => controls.search.focus() },
    { group: 'tracks', keys: ['n'], what: 'keys.next', run: () => controls.walk(1) },
    { group: 'tracks', keys: ['p'], what: 'keys.previous', run: () => controls.walk(-1) },
    { group: 'tracks', keys: ['c'], what: 'keys.centre', run: () => (store.selectedTrack === null ? undefined : map.showTrack(store.selectedTrack)) },
    { group: 'tracks', keys: ['f'], what: 'track.follow', run: () => controls.follow() },
    { group: 'tracks', keys: ['i'], what: 'track.isolate', run: () => controls.isolate() },
    { group: 'tracks', keys: ['k'], what: 'keys.list', run: drawer('tracks') },
    { group: 'show', keys: ['d'], what: 'keys.labels', run: () => { settings.labels = next(depths, settings.labels); controls.changed(); } },
    { group: 'show', keys: ['z'], what: 'map.labelSize', run: () => { settings.labelSize = next(sizeChoices, settings.labelSize); controls.changed(); } },
    { group: 'show', keys: ['v'], what: 'keys.vectors', run: () => { settings.vectorMinutes = next(vectorChoices, settings.vectorMinutes); controls.changed(); } },
    { group: 'show', keys: ['t'], what: 'layer.trails', run: layer('trails') },
    { group: 'show', keys: ['e'], what: 'layer.ellipses', run: layer('ellipses') },
    { group: 'show', keys: ['s'], what: 'layer.coverage', run: layer('coverage') },
    { group: 'show', keys: ['['], what: 'keys.lower', run: height(-1) },
    { group: 'show', keys: [']'], what: 'keys.higher', run: height(1) },
    { group: 'show', keys: ['r'], what: 'layer.rings', run: layer('rings') },
    { group: 'show', keys: ['o'], what: 'map.layers', run: drawer('layers') },
    { group: 'show', keys: ['x'], what: 'map.filter', run: drawer('filter') },
    { group: 'window', keys: ['b'], what: 'keys.theme', run: () => controls.actions.switchTheme() },
    { group: 'window', keys: ['?'], what: 'map.help', run: () => controls.help.show() },
    { group: 'window', keys: ['Escape'], what: 'keys.escape', run: () => controls.escape() },
  ];
}

/** The gravest alert's zone, the next one when it is asked for again. */
let shownLast = '';
function showGravest({ store, map }: MapControls): void {
  const alert = gravestAfter(store.boards.alerts ?? [], shownLast);
  if (!alert) return;
  shownLast = alert.id;
  map.showZone(alert.zone);
}
