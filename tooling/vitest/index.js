import { defineConfig } from 'vitest/config';

const conditions = ['@footlight/source'];

export function tests(more = {}) {
  return defineConfig({
    resolve: { conditions: [...conditions, 'node', 'import', 'module', 'default'] },
    ssr: { resolve: { conditions: [...conditions, 'node', 'import', 'module', 'default'] } },
    test: {
      include: ['src/**/*.test.ts'],
      testTimeout: 60_000,
      passWithNoTests: true,
      server: { deps: { inline: [/@footlight\//] } },
      ...more,
    },
  });
}
