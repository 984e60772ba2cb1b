import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../../i18n/index.js';
import { words } from '../../panels/parts.js';
import type { Store } from '../../model/store.js';
import type { SituationMap } from '../map.js';
import { search, type Found } from '../search.js';

/** A field with its finds below: arrows choose, Enter goes there. */
export class SearchBox {
  private text = '';
  private open = false;
  private chosen = 0;
  private found: Found[] = [];

  constructor(private readonly store: Store, private readonly map: SituationMap, private readonly changed: () => void) {}

  focus(): void {
    document.querySelector<HTMLInputElement>('#map-search')?.select();
  }

  template(): TemplateResult {
    const shown = this.open && this.text.trim() !== '';
    return html`
      <div class="search">
        <input id="map-search" type="search" role="combobox" autocomplete="off" spellcheck="false" dir="auto" aria-expanded=${shown} aria-controls="map-found"
          aria-label=${t('map.search')} placeholder=${t('map.search')} .value=${this.text} aria-activedescendant=${shown && this.found.length > 0 ? `found-${this.chosen}` : ''}
          @input=${(event: Event) => this.look((event.target as HTMLInputElement).value)} @keydown=${(event: KeyboardEvent) => this.keydown(event)}
          @focus=${() => this.look(this.text)} @blur=${() => this.close()} />
        <ul id="map-found" role="listbox" aria-label=${t('map.search')} ?hidden=${!shown}>${!shown ? nothing : this.found.length === 0
          ? html`<li class="empty" role="option" aria-selected="false" aria-disabled="true">${t('map.foundNone')}</li>`
          : this.found.map((one, i) => html`<li role="option" id="found-${i}" aria-selected=${i === this.chosen}
            @mousedown=${(event: Event) => {
              event.preventDefault();
              this.go(one);
            }}><b>${words(one.title)}</b> ${one.detail ? words(one.detail) : nothing} <small>${t(`map.found.${one.kind}`)}</small></li>`)}</ul>
      </div>`;
  }

  private look(text: string): void {
    [this.text, this.open, this.chosen] = [text, true, 0];
    this.found = search(this.store, this.map.places, text);
    this.changed();
  }

  private close(): void {
    this.open = false;
    this.changed();
  }

  private keydown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && this.found.length > 0) {
      this.chosen = (this.chosen + step + this.found.length) % this.found.length;
      this.changed();
    } else if (event.key === 'Enter') {
      const one = this.found[this.chosen];
      if (one) this.go(one);
    } else if (event.key === 'Escape') {
      this.text = '';
      document.getElementById('map')?.focus();
      this.close();
    } else return;
    event.preventDefault();
  }

  private go(one: Found): void {
    this.open = false;
    if (one.kind === 'track') this.map.showTrack(one.id);
    else if (one.kind === 'zone') this.map.showZone(one.id);
    else this.map.showPlace(one.at, one.kind === 'place' ? 10 : 9);
    document.getElementById('map')?.focus();
    this.changed();
  }
}
