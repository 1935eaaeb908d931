import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { repeat } from './repeat.js';

const conditions = ['@footlight/source', 'node', 'import', 'module', 'default'];
const startBackend = fileURLToPath(new URL('start-backend.js', import.meta.url));

export function tests({ include = ['src/**/*.test.ts'], tensors = false, isolated = [], ...more } = {}) {
  const everything = process.env.FOOTLIGHT_TEST_SUITE === 'all';
  return defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      testTimeout: 60_000,
      ...repeat,
      passWithNoTests: true,
      server: { deps: { inline: [/@footlight\//] } },
      // Importing TensorFlow.js takes longer than most files of tests: the files of a worker share their modules.
      // Threads start sooner, but TensorFlow's binding may crash when its thread ends.
      pool: tensors ? 'forks' : 'threads',
      isolate: false,
      setupFiles: tensors ? [startBackend] : [],
      env: everything ? {} : { FOOTLIGHT_TEST_BACKENDS: process.env.FOOTLIGHT_TEST_BACKENDS ?? 'fastest' },
      ...select(include, everything ? [] : ['**/*.slow.test.ts'], isolated),
      ...more,
    },
  });
}

/** Files that must not share modules become a project of their own. */
function select(include, exclude, isolated) {
  const defaults = ['**/node_modules/**', ...exclude];
  if (isolated.length === 0) return { include, exclude: defaults };
  const shared = { include, exclude: [...defaults, ...isolated] };
  return {
    projects: [
      { extends: true, test: { name: 'shared', ...shared } },
      { extends: true, test: { name: 'isolated', include: isolated, exclude: defaults, isolate: true } },
    ],
  };
}
