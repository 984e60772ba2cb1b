import { defineConfig, type Plugin } from 'vite';

/**
 * OpenLayers' map names classes that it only compares with or offers as defaults: vector layers, controls, every
 * interaction. We draw ourselves and name our own interactions, so that 17 kB (compressed) need not be sent.
 */
const leanOpenLayers: Plugin = {
  name: 'lean-openlayers',
  enforce: 'pre',
  resolveId(id, importer) {
    if (!importer?.includes('/ol/')) return null;
    if (id.endsWith('/layer/BaseVector.js')) return '\0no-vector-layer';
    return /\/(control|interaction)\/defaults\.js$/.test(id) ? '\0no-defaults' : null;
  },
  load(id) {
    if (id === '\0no-vector-layer') return 'export default class {}';
    return id === '\0no-defaults' ? 'export const defaults = () => []' : null;
  },
};

// `npm run dev` shows the sources against a running Nadhir: NADHIR_URL=http://127.0.0.1:8470
const server = process.env['NADHIR_URL'] ?? 'http://127.0.0.1:8470';

export default defineConfig({
  base: './',
  plugins: [leanOpenLayers],
  build: {
    target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 1200,
    // The page's policy takes fonts from files only.
    assetsInlineLimit: (path) => (path.endsWith('.woff2') ? false : undefined),
    rollupOptions: {
      // The public's page is written by the server, which must know what its scripts are called; a service worker keeps its name.
      input: { index: 'index.html', report: 'report.html', 'zone/zone': 'src/zone/main.ts', 'zone/worker': 'src/zone/worker.ts',
        'report-worker': 'src/report/worker.ts' },
      output: { entryFileNames: (chunk) => (/^zone\/|-worker$/.test(chunk.name) ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { proxy: { '/api': { target: server, ws: true } } },
});
