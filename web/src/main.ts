import './styles/console.css';
import './styles/panel.css';
import './styles/map.css';
import { html, render } from 'lit';
import { t } from './i18n/index.js';
import { chosenLanguage, useLanguage } from './i18n/load.js';
import { Store, themes, type Theme } from './model/store.js';
import { ServerLink } from './net/link.js';
import { SituationMap } from './map/map.js';
import { MapControls } from './map/controls/mapControls.js';
import { listenForKeys } from './tools/keys.js';
import { bar } from './panels/bar.js';
import { alertsPanel } from './panels/alerts.js';
import { boardsPanel } from './panels/tabs.js';
import { Dialogs } from './panels/dialogs.js';
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

const actions: Actions = {
  ask: (question) => dialogs.ask(question),
  fill: (form) => dialogs.fill(form),
  raise: () => dialogs.raise(),
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

function draw(): void {
  const configuration = store.configuration;
  document.body.classList.toggle('exercise', configuration?.exercise ?? false);
  document.body.classList.toggle('lost', store.link === 'lost');
  document.title = title();
  at('map').setAttribute('aria-label', t('map.label'));
  render(bar(store, actions), at('bar'));
  render(html`${alertsPanel(store, actions)}${boardsPanel(store, actions)}`, at('panel'));
  render(controls.template(), at('overlay'));
  map.cover(document.querySelectorAll('.map-bar > *, .map-chip, .drawer, .map-zoom, .legend, .track-card, .attribution'));
  map.update();
}

/** What is most pressing, readable on a tab in the background. */
function title(): string {
  const exercise = store.configuration?.exercise ? `[${t('exercise')}] ` : '';
  if (store.link === 'lost') return `${exercise}✕ ${t('link.lost')}`;
  const warnings = store.boards.alerts?.filter((alert) => alert.state === 'Warning').length ?? 0;
  return `${exercise}${warnings > 0 ? `▲ ${warnings} ${t('alert.Warning')} · ` : ''}Nadhir`;
}

function useTheme(theme: Theme): void {
  store.theme = theme;
  document.documentElement.dataset['theme'] = theme;
}
