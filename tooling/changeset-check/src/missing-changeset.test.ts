import { describe, expect, it } from 'vitest';
import { missingChangeset } from './missing-changeset.js';

describe('missingChangeset', () => {
  it('reports a change of the source of a package without one', () => {
    expect(
      missingChangeset(['packages/losses/src/ranking/bpr.ts', 'packages/core/src/rng.ts', 'README.md']),
    ).toMatchInlineSnapshot(
      `"changeset: expected a file in .changeset/ that tells users what changed in core, losses, received none. Write one with \`pnpm changeset\`."`,
    );
  });

  it('accepts any changeset', () => {
    expect(missingChangeset(['packages/losses/src/ranking/bpr.ts', '.changeset/brave-cats-sing.md'])).toBeUndefined();
    expect(missingChangeset(['packages/losses/src/ranking/bpr.ts', '.changeset/README.md'])).toContain('in losses');
  });

  it('requires none for tests, tooling and READMEs', () => {
    expect(
      missingChangeset(['packages/losses/src/bpr.test.ts', 'packages/losses/README.md', 'tooling/setup/run.mjs']),
    ).toBeUndefined();
  });
});
