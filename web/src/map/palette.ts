import type { Theme } from '../model/store.js';
import type { AlertState } from '../model/types.js';

/** Colours of the map. Red, yellow and green are kept for alert states (ISO 22324) and lost coverage. */
export interface Palette {
  sea: string; land: string; home: string; governorate: string; border: string; homeBorder: string;
  place: string; placeHalo: string; ring: string; lost: string; zone: string; zoneText: string; text: string; halo: string;
  identity: [string, string, string]; crossing: string;
  alert: Record<AlertState, string>;
}

export const palettes: Record<Theme, Palette> = {
  night: {
    sea: '#0b1118', land: '#141c26', home: '#1b2633', governorate: '#2c3b4d', border: '#46586d', homeBorder: '#8aa2bd',
    place: '#8b9bad', placeHalo: '#101720', ring: '#3f6a8f', lost: '#ff5a52', zone: '#7d93ab', zoneText: '#dbe6f2',
    text: '#e8f0f8', halo: '#0b1118', identity: ['#ff9df0', '#8fd8ea', '#6ea8ff'], crossing: '#ffffff',
    alert: { Watch: '#ffd23e', Warning: '#ff4038', AllClear: '#42c767', Closed: '#7d93ab', Correction: '#7d93ab' },
  },
  day: {
    sea: '#d5e1ea', land: '#eef0ec', home: '#fbfbf7', governorate: '#cdd3d6', border: '#9aa6b0', homeBorder: '#46586a',
    place: '#5b6670', placeHalo: '#ffffff', ring: '#6d97bd', lost: '#c4160d', zone: '#5d6f80', zoneText: '#1e2a36',
    text: '#101820', halo: '#ffffff', identity: ['#a3139a', '#00708c', '#1f53c9'], crossing: '#101820',
    alert: { Watch: '#c08a00', Warning: '#d3180f', AllClear: '#14813a', Closed: '#5d6f80', Correction: '#5d6f80' },
  },
};

/** A shape for each alert state, so that colour never speaks alone. */
export const alertShape: Record<AlertState, string> = {
  Watch: '◆', Warning: '▲', AllClear: '●', Closed: '○', Correction: '✕',
};
