import './styles/console.css';
import './styles/panel.css';
import './styles/map.css';
import './styles/time.css';
import './styles/boards.css';
import './styles/wall.css';
import './styles/phone.css';
import { html, nothing, render } from 'lit';
import { counted, t } from './i18n/index.js';
import { chosenLanguage, useLanguage } from './i18n/load.js';
import { Store, themes, type Theme } from './model/store.js';
import { ServerLink } from './net/link.js';
import { SituationMap } from './map/map.js';
import { MapControls } from './map/controls/mapControls.js';
import { addKeys, listenForKeys } from './tools/keys.js';
import { LoadGauge } from './alarm/gauge.js';
import { historySheet } from './alarm/history.js';
import { alertKeys } from './alarm/keys.js';
import { warningsOf } from './model/urgency.js';
import { phoneWidth, showsMap, viewOf } from './model/view.js';
import { banners, bar } from './panels/bar.js';
import { alertsPanel } from './panels/alerts.js';
import { boardsPanel, open as openBoard } from './panels/tabs.js';
import { HealthBoard } from './panels/health.js';
import { partsBar } from './panels/partsBar.js';
import { Dialogs } from './panels/dialogs.js';
import { refuseOrders } from './net/api.js';
import { pastBanner, timeBar } from './time/bar.js';
import { TimeDesk } from './time/desk.js';
import type { FilmMark } from './time/film.js';
import { timeKeys } from './time/keys.js';
import { Ear } from './sound/ear.js';
import { soundSheet } from './sound/sheet.js';
import { wall } from './wall/wall.js';
import { WindowLink } from './windows/link.js';
import { windowsSheet } from './windows/sheet.js';
import type { Actions } from './actions.js';

const at = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
};

const store = new Store();
await useLanguage(chosenLanguage());
useTheme(themes.find((theme) => theme === localStorage.getItem('nadhir.theme')) ?? 'night');
const view = viewOf(location.search);
document.body.dataset['view'] = view.kind;
if (view.kind === 'board') store.tab = view.tab;
const map = showsMap(view) ? new SituationMap(at('map'), store) : null;
const link = new ServerLink(store, () => map?.frame());
const dialogs = new Dialogs(at('dialogs'), store, () => link.restart());

const desk = new TimeDesk(store, () => map?.frame(), showPlaceOf);

/** The map goes where a mark of the past happened: to the track that crossed, the zone of the alert, the site. */
function showPlaceOf(mark: FilmMark): void {
  if (mark.track !== undefined) map?.showTrack(mark.track);
  else if (mark.kind === 'Alert') map?.showZone(mark.place);
  else map?.showSite(mark.place);
}
refuseOrders(() => (desk.isLive ? null : t(desk.review ? 'time.reviewOrders' : 'time.orders')));
let refusedUntil = 0;

/** Orders are of now: a screen that shows another time says so instead of asking. */
function order(give: () => void): void {
  if (desk.isLive) {
    give();
    return;
  }
  refusedUntil = performance.now() + 4000;
  store.changed();
}

const ear = new Ear(store);
const load = new LoadGauge(store);
const health = new HealthBoard(store);
/** Other windows of this browser; what they tell is shown here. */
const windows = new WindowLink((told) => {
  if (told.kind === 'track') store.selectedTrack = told.id;
  else if (told.kind === 'zone') map?.showZone(told.id);
  else map?.lookAt(told.centre, told.zoom);
  map?.redraw();
  store.changed();
});
map?.onLook((centre, zoom) => windows.tell({ kind: 'look', centre, zoom }));

/** On a phone the map comes when it is asked for. */
const toMap = (): void => {
  if (innerWidth < phoneWidth && map) showPart('map');
};

const actions: Actions = {
  ask: (question) => order(() => dialogs.ask(question)),
  fill: (form) => order(() => dialogs.fill(form)),
  raise: (preset) => order(() => dialogs.raise(preset)),
  open: (sheet) => dialogs.open(sheet),
  sound: () => dialogs.open(soundSheet(store, ear)),
  windows: () => dialogs.open(windowsSheet(windows)),
  showHistory: (zone) => dialogs.open(historySheet(store, zone)),
  showBoard: (tab) => {
    openBoard(store, tab);
    if (innerWidth < phoneWidth) showPart('boards');
    setTimeout(() => document.getElementById(`tab-${tab}`)?.focus(), drawnWithin);
  },
  toAlerts: (then) => {
    if (innerWidth < phoneWidth) showPart('alerts');
    setTimeout(then, drawnWithin);
  },
  signIn: () => dialogs.signIn(),
  showZone: (id) => {
    toMap();
    map?.showZone(id);
    windows.tell({ kind: 'zone', id });
  },
  showTrack: (id) => {
    toMap();
    store.selectedTrack = id;
    map?.showTrack(id);
    store.changed();
  },
  closeTrack: () => {
    store.selectedTrack = null;
    map?.redraw();
    store.changed();
  },
  follow: (id) => controls?.follow(id),
  isolate: (id) => controls?.isolate(id),
  languageChanged: () => {
    map?.use();
    store.changed();
  },
  switchTheme: () => {
    useTheme(themes[(themes.indexOf(store.theme) + 1) % themes.length] ?? 'night');
    localStorage.setItem('nadhir.theme', store.theme);
    map?.use();
    store.changed();
  },
};

const controls = map && new MapControls(store, map, actions, at('dialogs'));
addKeys(alertKeys(store, actions, ear));
addKeys(timeKeys(desk));
listenForKeys(at('map'), () => store.settings.singleKeys);

/** The page is drawn anew within so many milliseconds of a change. */
const drawnWithin = 120;
let due = false;
store.subscribe(() => {
  if (due) return;
  due = true;
  // A timer, not an animation frame: a window in the background goes on telling the truth in its title.
  setTimeout(() => {
    due = false;
    draw();
  }, 80);
});
// Tracks are asked for only where there is a map to draw them on.
const wantTracks = (): void => link.wantTracks(map !== null && (innerWidth >= phoneWidth || view.kind === 'map' || store.part === 'map'));
function showPart(part: typeof store.part): void {
  store.part = part;
  wantTracks();
  store.changed();
}
addEventListener('resize', wantTracks);
wantTracks();
draw();
link.start();
desk.start();

function draw(): void {
  const configuration = store.configuration;
  document.body.classList.toggle('exercise', configuration?.exercise ?? false);
  document.body.classList.toggle('lost', store.link === 'lost');
  document.body.classList.toggle('past', !desk.isLive);
  at('overlay').dataset['past'] = t(desk.review ? 'time.review' : 'time.notLive');
  document.body.dataset['part'] = store.part;
  document.title = title();
  at('map').setAttribute('aria-label', t('map.label'));
  windows.tell({ kind: 'track', id: store.selectedTrack });
  if (view.kind === 'wall') {
    render(html`${banners(store)}${pastBanner(store, desk)}`, at('bar'));
    render(wall(store, ear), at('panel'));
    return;
  }
  render(html`${bar(store, actions)}${pastBanner(store, desk)}`, at('bar'));
  const [alerts, boards] = [view.kind === 'all' || view.kind === 'alerts', view.kind === 'all' || view.kind === 'boards' || view.kind === 'board'];
  render(html`${alerts ? alertsPanel(store, actions, ear, load) : nothing}${boards ? boardsPanel(store, actions, health) : nothing}`, at('panel'));
  render(view.kind === 'all' ? partsBar(store, showPart) : nothing, at('parts'));
  render(html`${timeBar(store, desk)}${performance.now() < refusedUntil ? html`<p id="refused" role="alert">${t(desk.review ? 'time.reviewOrders' : 'time.orders')}</p>` : nothing}`, at('time'));
  for (const button of at('panel').querySelectorAll('button:not(.plain, .go, [role=tab])')) {
    if (desk.isLive) button.removeAttribute('aria-disabled');
    else button.setAttribute('aria-disabled', 'true');
  }
  if (!map || !controls) return;
  render(controls.template(), at('overlay'));
  map.cover(document.querySelectorAll('.map-bar > *, .map-chip, .drawer, .map-zoom, .legend, .track-card, .attribution'));
  map.update();
}

/** What is most pressing, readable on a tab in the background. */
function title(): string {
  const exercise = store.configuration?.exercise ? `[${t('exercise')}] ` : '';
  if (store.link === 'lost') return `${exercise}✕ ${t('link.lost')}`;
  if (!desk.isLive) return `${exercise}‖ ${t(desk.review ? 'time.review' : 'time.notLive')}${desk.broken.length > 0 ? ` · ▲ ${t('time.breakthrough')}` : ''}`;
  const { inForce, waiting } = warningsOf(store.boards.alerts ?? []);
  return `${exercise}${inForce > 0 ? `▲ ${inForce} ${t('alert.Warning')} · ` : ''}${waiting > 0 ? `⚑ ${counted('urgency.waiting', waiting)} · ` : ''}Nadhir`;
}

function useTheme(theme: Theme): void {
  store.theme = theme;
  document.documentElement.dataset['theme'] = theme;
}
