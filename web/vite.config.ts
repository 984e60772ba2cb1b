import { defineConfig } from 'vite';

// `npm run dev` shows the sources against a running Nadhir: NADHIR_URL=http://127.0.0.1:8470
const server = process.env['NADHIR_URL'] ?? 'http://127.0.0.1:8470';

export default defineConfig({
  base: './',
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 1200,
    rollupOptions: { input: ['index.html', 'report.html'] } },
  server: { proxy: { '/api': { target: server, ws: true } } },
});
