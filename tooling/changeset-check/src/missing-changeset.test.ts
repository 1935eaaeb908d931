import { describe, expect, it } from 'vitest';
import { missingChangeset } from './missing-changeset.js';

describe('missingChangeset', () => {
  it('asks for one when the source of a package has changed', () => {
    expect(
      missingChangeset(['packages/losses/src/ranking/bpr.ts', 'packages/core/src/rng.ts', 'README.md']),
    ).toMatchInlineSnapshot(
      `"changeset: expected a file in .changeset/ that tells users what changed in core, losses, received none. Write one with \`pnpm changeset\`."`,
    );
  });

  it('is content with any', () => {
    expect(missingChangeset(['packages/losses/src/ranking/bpr.ts', '.changeset/brave-cats-sing.md'])).toBeUndefined();
    expect(missingChangeset(['packages/losses/src/ranking/bpr.ts', '.changeset/README.md'])).toContain('in losses');
  });

  it('needs none for tests, tooling and words', () => {
    expect(
      missingChangeset(['packages/losses/src/bpr.test.ts', 'packages/losses/README.md', 'tooling/setup/run.mjs']),
    ).toBeUndefined();
  });
});
