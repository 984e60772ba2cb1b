import type { TemplateResult } from 'lit';

/** Something to read or fill in that lies over the console until it is closed. */
export interface Sheet {
  template(redraw: () => void, close: () => void): TemplateResult;
  wide?: boolean;
}
