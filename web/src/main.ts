import '@fontsource/noto-sans/latin-400.css';
import '@fontsource/noto-sans/latin-600.css';
import '@fontsource/noto-sans/latin-700.css';
import '@fontsource/noto-sans/latin-ext-400.css';
import '@fontsource/noto-sans-arabic/arabic-400.css';
import '@fontsource/noto-sans-arabic/arabic-700.css';
import './styles/console.css';
import './styles/panel.css';
import './styles/map.css';
import './styles/time.css';
import { html, nothing, render } from 'lit';
import { t } from './i18n/index.js';
import { chosenLanguage, useLanguage } from './i18n/load.js';
import { Store, themes, type Theme } from './model/store.js';
import { ServerLink } from './net/link.js';
import { SituationMap } from './map/map.js';
import { MapControls } from './map/controls/mapControls.js';
import { addKeys, listenForKeys } from './tools/keys.js';
import { bar } from './panels/bar.js';
import { alertsPanel } from './panels/alerts.js';
import { boardsPanel } from './panels/tabs.js';
import { Dialogs } from './panels/dialogs.js';
import { refuseOrders } from './net/api.js';
import { pastBanner, timeBar } from './time/bar.js';
import { TimeDesk } from './time/desk.js';
import { timeKeys } from './time/keys.js';
import type { Actions } from './actions.js';

const at = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
};

const store = new Store();
await useLanguage(chosenLanguage());
useTheme(themes.find((theme) => theme === localStorage.getItem('nadhir.theme')) ?? 'night');
const map = new SituationMap(at('map'), store);
const link = new ServerLink(store, () => map.frame());
const dialogs = new Dialogs(at('dialogs'), store, () => link.restart());

const desk = new TimeDesk(store, () => map.frame(), (id) => map.showTrack(id));
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

const actions: Actions = {
  ask: (question) => order(() => dialogs.ask(question)),
  fill: (form) => order(() => dialogs.fill(form)),
  raise: () => order(() => dialogs.raise()),
  signIn: () => dialogs.signIn(),
  showZone: (id) => map.showZone(id),
  showTrack: (id) => map.showTrack(id),
  closeTrack: () => {
    store.selectedTrack = null;
    map.redraw();
    store.changed();
  },
  follow: (id) => controls.follow(id),
  isolate: (id) => controls.isolate(id),
  languageChanged: () => {
    map.use();
    store.changed();
  },
  switchTheme: () => {
    useTheme(themes[(themes.indexOf(store.theme) + 1) % themes.length] ?? 'night');
    localStorage.setItem('nadhir.theme', store.theme);
    map.use();
    store.changed();
  },
};

const controls = new MapControls(store, map, actions, at('dialogs'));
addKeys(timeKeys(desk));
listenForKeys(at('map'), () => store.settings.singleKeys);

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
draw();
link.start();
desk.start();

function draw(): void {
  const configuration = store.configuration;
  document.body.classList.toggle('exercise', configuration?.exercise ?? false);
  document.body.classList.toggle('lost', store.link === 'lost');
  document.body.classList.toggle('past', !desk.isLive);
  at('overlay').dataset['past'] = t(desk.review ? 'time.review' : 'time.notLive');
  document.title = title();
  at('map').setAttribute('aria-label', t('map.label'));
  render(html`${bar(store, actions)}${pastBanner(store, desk)}`, at('bar'));
  render(html`${alertsPanel(store, actions)}${boardsPanel(store, actions)}`, at('panel'));
  render(controls.template(), at('overlay'));
  map.cover(document.querySelectorAll('.map-bar > *, .map-chip, .drawer, .map-zoom, .legend, .track-card, .attribution'));
  render(html`${timeBar(store, desk)}${performance.now() < refusedUntil ? html`<p id="refused" role="alert">${t(desk.review ? 'time.reviewOrders' : 'time.orders')}</p>` : nothing}`, at('time'));
  for (const button of at('panel').querySelectorAll('button:not(.plain, .go, [role=tab])')) {
    if (desk.isLive) button.removeAttribute('aria-disabled');
    else button.setAttribute('aria-disabled', 'true');
  }
  map.update();
}

/** What is most pressing, readable on a tab in the background. */
function title(): string {
  const exercise = store.configuration?.exercise ? `[${t('exercise')}] ` : '';
  if (store.link === 'lost') return `${exercise}✕ ${t('link.lost')}`;
  if (!desk.isLive) return `${exercise}‖ ${t(desk.review ? 'time.review' : 'time.notLive')}${desk.broken.length > 0 ? ` · ▲ ${t('time.breakthrough')}` : ''}`;
  const warnings = store.boards.alerts?.filter((alert) => alert.state === 'Warning').length ?? 0;
  return `${exercise}${warnings > 0 ? `▲ ${warnings} ${t('alert.Warning')} · ` : ''}Nadhir`;
}

function useTheme(theme: Theme): void {
  store.theme = theme;
  document.documentElement.dataset['theme'] = theme;
}
