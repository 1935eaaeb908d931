import { defineConfig } from 'vite';
import { offline } from './offline.js';

export default defineConfig({
  base: './', // the page is a folder of another site
  resolve: { conditions: ['@footlight/source', 'module', 'browser', 'import', 'default'] },
  worker: { format: 'es' },
  build: { target: 'es2022', chunkSizeWarningLimit: 2000, assetsInlineLimit: 0 },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [offline()],
});
