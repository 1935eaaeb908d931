import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

let line: CommandLine;
beforeAll(async () => {
  line = await createCommandLine();
  const items = Array.from({ length: 30 }, (_, item) => `item ${item},${item % 2},${1 - (item % 2)}`);
  await writeFile(join(line.folder, 'vectors.csv'), `movieId,even,odd\n${items.slice(1).join('\n')}\nother,1,2\n`);
});
afterAll(() => line.remove());

describe('footlight run --item-vectors', () => {
  const projected = ['--model', 'factorization(dim=4, itemEmbedding=projected)', '--epochs', '2'];
  const vectors = ['--item-vectors', 'vectors.csv', '--item-vectors-id', 'movieId'];

  it('trains with vectors, counts them, and the saved model keeps them', async () => {
    const { code, stderr } = await line.footlight(
      ...line.runTable(
        'vectors',
        ...projected,
        ...vectors,
        '--item-vectors-missing',
        'mean',
        '--save',
        'v.safetensors',
      ),
    );
    expect(stderr).toContain('vectors.csv: rows for 29 items, none for 1; unknown ids: 1.');
    expect(code).toBe(0);
    const list = await line.footlight('recommend', 'v.safetensors', '--user', 'u3', '--count', '2', '--backend', 'cpu');
    expect(list.code).toBe(0);
    expect(list.stdout.trim().split('\n')).toHaveLength(2);
  });

  it('starts learned vectors from those of the file, which must have their length', async () => {
    const given = [...vectors, '--item-vectors-missing', 'zero', '--epochs', '2'];
    const run = (dim: number) =>
      line.footlight(
        ...line.runTable(
          `pretrained-${dim}`,
          '--model',
          `factorization(dim=${dim}, itemEmbedding=pretrained)`,
          ...given,
        ),
      );
    expect((await run(2)).code).toBe(0);
    const { code, stderr } = await run(3);
    expect(code).not.toBe(0);
    expect(stderr).toContain('--item-vectors: expected vectors of length dim=3, received vectors of length 2.');
  });

  it.each([
    [vectors, 'vectors.csv: expected a vector of each item, received none of 1 of 30 items: item 0.'],
    [
      ['--item-vectors-missing', 'zero'],
      '--item-vectors-missing: expected --item-vectors along with it, received none.',
    ],
    [[], '--item-vectors: expected vectors of the ids, received none.'],
  ])('%s is refused without what belongs to it', async (more, message) => {
    const { code, stderr } = await line.footlight(...line.runTable('refused', ...projected, ...more));
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
  });
});
