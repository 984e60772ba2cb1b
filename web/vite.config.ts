import { defineConfig } from 'vite';

// `npm run dev` shows the sources against a running Nadhir: NADHIR_URL=http://127.0.0.1:8470
const server = process.env['NADHIR_URL'] ?? 'http://127.0.0.1:8470';

export default defineConfig({
  base: './',
  build: {
    target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 1200,
    rollupOptions: {
      // The public's page is written by the server, which must know what its scripts are called.
      input: { index: 'index.html', report: 'report.html', 'zone/zone': 'src/zone/main.ts', 'zone/worker': 'src/zone/worker.ts' },
      output: { entryFileNames: (chunk) => (chunk.name.startsWith('zone/') ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { proxy: { '/api': { target: server, ws: true } } },
});
