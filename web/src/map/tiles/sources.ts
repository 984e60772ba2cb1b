// Maps of others, fetched only where one is configured: tiles of a PMTiles file that our own server gives in parts, or
// pictures of a map service.
import TileLayer from 'ol/layer/Tile.js';
import ImageTile from 'ol/source/ImageTile.js';
import { createXYZ } from 'ol/tilegrid.js';
import { PMTiles, TileType } from 'pmtiles';
import type { MapSources } from '../../model/types.js';
import type { Palette } from '../palette.js';
import { paintTile } from './paintTile.js';

const wmsSize = 512;

/** The tiles of a file; null when it cannot be read. */
export async function tilesLayer({ address }: NonNullable<MapSources['tiles']>, palette: Palette): Promise<TileLayer<ImageTile> | null> {
  const archive = new PMTiles(new URL(address, document.baseURI).href);
  const header = await archive.getHeader().catch(() => null);
  if (!header) return null;
  const isVector = header.tileType === TileType.Mvt;
  return new TileLayer({
    source: new ImageTile({
      tileGrid: createXYZ({ minZoom: header.minZoom, maxZoom: header.maxZoom, tileSize: isVector ? 512 : 256 }), wrapX: false, transition: 0,
      loader: async (z, x, y, { signal }) => {
        const tile = await archive.getZxy(z, x, y, signal);
        if (!tile) return createImageBitmap(new ImageData(1, 1));
        return isVector ? paintTile(tile.data, palette) : createImageBitmap(new Blob([tile.data]));
      },
    }),
  });
}

/** The pictures of a map service (OGC WMS 1.3.0, 7.3), in Mercator: x before y. */
export function wmsLayer({ address, layers }: NonNullable<MapSources['wms']>): TileLayer<ImageTile> {
  const grid = createXYZ({ maxZoom: 18, tileSize: wmsSize });
  return new TileLayer({
    source: new ImageTile({
      tileGrid: grid, wrapX: false, transition: 0,
      loader: (z, x, y) => new Promise<HTMLImageElement>((ready, failed) => {
        const query = new URL(address);
        const wanted = {
          SERVICE: 'WMS', VERSION: '1.3.0', REQUEST: 'GetMap', LAYERS: layers, STYLES: '', CRS: 'EPSG:3857', FORMAT: 'image/png', TRANSPARENT: 'TRUE',
          WIDTH: String(wmsSize), HEIGHT: String(wmsSize), BBOX: grid.getTileCoordExtent([z, x, y]).join(),
        };
        for (const [key, value] of Object.entries(wanted)) query.searchParams.set(key, value);
        const picture = new Image();
        picture.onload = () => ready(picture);
        picture.onerror = () => failed(new Error(`no picture from ${query.host}`));
        picture.src = query.href;
      }),
    }),
  });
}
