import type { Theme } from '../model/store.js';
import type { AlertState } from '../model/types.js';

/** Colours of the map. Red, yellow and green are kept for alert states (ISO 22324) and lost coverage. */
export interface Palette {
  sea: string; land: string; home: string; governorate: string; district: string; border: string; homeBorder: string;
  place: string; country: string; ring: string; lost: string; unseen: string; zone: string; text: string; dim: string; halo: string;
  /** Non-cooperative, cooperative, authorised. */
  identity: [string, string, string];
  crossing: string; exposure: string; measure: string;
  alert: Record<AlertState, string>;
}

export const palettes: Record<Theme, Palette> = {
  night: {
    sea: '#0a1017', land: '#121a23', home: '#1a2430', governorate: '#2b3948', district: '#33556b', border: '#3c4c5e', homeBorder: '#8ba3be',
    place: '#93a3b5', country: '#5f7186', ring: '#4d7fae', lost: '#ff6a5f', unseen: '#7286a0', zone: '#7d93ab',
    text: '#eef4fa', dim: '#b3c1d0', halo: '#0a1017', identity: ['#ffa0ee', '#8fdcec', '#7fb0ff'],
    crossing: '#f4f7fa', exposure: '#ffa0ee', measure: '#ffffff',
    alert: { Watch: '#ffd23e', Warning: '#ff4a42', AllClear: '#4bd072', Closed: '#7d93ab', Correction: '#9db0c5' },
  },
  day: {
    sea: '#d3dfe8', land: '#eceeea', home: '#fbfbf8', governorate: '#d2d8db', district: '#9fb4c2', border: '#a3aeb8', homeBorder: '#41566b',
    place: '#55626e', country: '#8c98a4', ring: '#4f82b0', lost: '#c4160d', unseen: '#7b8894', zone: '#566a7d',
    text: '#0e161e', dim: '#3d4b58', halo: '#ffffff', identity: ['#a3139a', '#006a85', '#1b4fc4'],
    crossing: '#101820', exposure: '#a3139a', measure: '#101820',
    alert: { Watch: '#a87400', Warning: '#d3180f', AllClear: '#137a38', Closed: '#5d6f80', Correction: '#5d6f80' },
  },
  contrast: {
    sea: '#000000', land: '#000000', home: '#101010', governorate: '#4a4a4a', district: '#7a7a7a', border: '#8a8a8a', homeBorder: '#ffffff',
    place: '#d8d8d8', country: '#a8a8a8', ring: '#6fb7ff', lost: '#ff7a70', unseen: '#a0a0a0', zone: '#e0e0e0',
    text: '#ffffff', dim: '#f0f0f0', halo: '#000000', identity: ['#ff9dff', '#4df3ff', '#8cc4ff'],
    crossing: '#ffffff', exposure: '#ff9dff', measure: '#ffffff',
    alert: { Watch: '#ffe100', Warning: '#ff5a4f', AllClear: '#2cff7a', Closed: '#c8c8c8', Correction: '#e0e0e0' },
  },
};

/** A shape for each alert state, so that colour never speaks alone. */
export const alertShape: Record<AlertState, string> = {
  Watch: '◆', Warning: '▲', AllClear: '●', Closed: '○', Correction: '✕',
};
