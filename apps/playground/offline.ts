import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/**
 * Adds a service worker that stores the files of the page, so that it works offline after the first visit, and isolates
 * the page from other origins, so that kernels may use threads on hosts that set no headers.
 */
export function offline(): Plugin {
  const source = readFileSync(new URL('service-worker.js', import.meta.url), 'utf8');
  return {
    name: 'footlight-offline',
    apply: 'build',
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter((name) => !name.endsWith('.map'));
      const version = createHash('sha256')
        .update([source, ...files].join('\n'))
        .digest('hex')
        .slice(0, 12);
      const values = { __VERSION__: version, __FILES__: ['./', ...files.filter((name) => name !== 'index.html')] };
      const code = Object.entries(values).reduce(
        (text, [name, value]) => text.replace(name, () => JSON.stringify(value)),
        source,
      );
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: code });
    },
  };
}
