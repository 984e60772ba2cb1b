import { html, nothing, type TemplateResult } from 'lit';
import { clock, date, grouped, span } from '../format.js';
import { nameOf, t } from '../i18n/index.js';
import { languageSwitch } from '../i18n/switch.js';
import type { Actions } from '../actions.js';
import { themes, type Store } from '../model/store.js';
import { faultWords } from './health.js';
import { filled, ltr, words } from './parts.js';
import { counts } from '../model/siren.js';

/** Real seconds without movement of the boards before we say that the picture stands still. */
const standstillLimit = 5;

/** Name, world, health of the line, time, and the three numbers a duty officer asks for first. */
export function bar(store: Store, actions: Actions): TemplateResult {
  const configuration = store.configuration;
  const zone = configuration?.timeZone ?? 'UTC';
  const now = store.now();
  return html`
    ${banners(store)}
    <header class="bar">
      <div class="name"><b class="brand">Nadhir <span lang="ar">نذير</span></b>${configuration
        ? html`<span class="world ${configuration.exercise ? 'exercise' : 'live'}">${configuration.exercise ? t('exercise') : t('live')}</span>${words(nameOf({ id: '', ...configuration }))}` : t('loading')}</div>
      <div class="numbers">
        ${!store.tracksWanted ? nothing : number('bar.tracks', store.frame && store.tracksLink !== 'lost' ? grouped(store.frame.count) : '—', store.tracksLink === 'lost')}
        ${share(store, 'bar.sensors', store.boards.sensors, (row) => row.state === 'Working')}
        ${share(store, 'bar.sirens', store.boards.sirens, counts)}
      </div>
      <div class="link ${store.link}" role="status"><span aria-hidden="true">${store.link === 'connected' ? '●' : store.link === 'lost' ? '✕' : '…'}</span> ${t(`link.${store.link}`)}</div>
      <div class="clocks">
        <div><small>${t('bar.local')} ${ltr(zone)}</small><b>${ltr(clock(now, zone))}</b></div>
        <div><small>${t('bar.utc')} ${ltr(date(now, 'UTC'))}</small><b>${ltr(clock(now, 'UTC'))}</b></div>
      </div>
      <div class="tools">
        ${languageSwitch(() => actions.languageChanged())}
        <button class="quiet" @click=${() => actions.switchTheme()}>${t(`theme.${themes[(themes.indexOf(store.theme) + 1) % themes.length] ?? 'night'}`)}</button>
        <button class="quiet" id="windows" @click=${() => actions.windows()}>${t('windows.open')}</button>
        <button class="quiet" @click=${() => actions.signIn()}>${store.operator ? t('bar.operator') : t('bar.signIn')}</button>
      </div>
    </header>`;
}

/** Which world this is, and whatever makes the screen untrue. */
export const banners = (store: Store): TemplateResult => html`
  ${store.configuration?.exercise ? html`<div class="exercise-banner" role="status"><b>${t('exercise')}</b> <span>${t('exercise.detail')}</span> <b aria-hidden="true">${t('exercise')}</b></div>` : nothing}
  ${alarm(store)}`;

/** Whatever makes the screen untrue, over its whole width. */
function alarm(store: Store): TemplateResult | typeof nothing {
  const silence = store.silence();
  if (store.link === 'lost') {
    return html`<div class="alarm" role="alert" id="connection-lost"><b>✕ ${t('link.lost')}</b> <span>${silence === null
      ? t('link.never') : filled('link.lostDetail', 'age', span(silence))}</span></div>`;
  }
  if (store.standstill() > standstillLimit) {
    return html`<div class="alarm" role="alert"><b>✕ ${t('link.stale')}</b> <span>${filled('link.staleDetail', 'age', span(store.standstill()))}</span></div>`;
  }
  if (store.tracksLink === 'lost') return html`<div class="alarm" role="alert"><b>✕ ${t('link.tracksLost')}</b></div>`;
  return store.faults.length > 0
    ? html`<div class="alarm fault" role="alert"><b>⚠ ${t('health.fault')}</b> <bdi dir="auto">${faultWords(store).join(' · ')}</bdi></div>` : nothing;
}

function number(key: 'bar.tracks' | 'bar.sensors' | 'bar.sirens', value: string, bad: boolean): TemplateResult {
  return html`<div class=${bad ? 'bad' : ''}><small>${t(key)}</small><b>${ltr(value)}</b></div>`;
}

/** How many of all are well; no number while nobody knows it. */
function share<T>(store: Store, key: 'bar.sensors' | 'bar.sirens', rows: T[] | undefined, good: (row: T) => boolean): TemplateResult {
  if (store.link === 'lost' && !store.past) return number(key, '—', true);
  if (!rows) return number(key, '…', false);
  const well = rows.filter(good).length;
  return number(key, `${well}/${rows.length}`, well < rows.length);
}
