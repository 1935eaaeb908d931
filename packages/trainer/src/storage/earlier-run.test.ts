import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adam } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { fileCheckpoint, startPosition } from './checkpoint.js';
import { readEarlierRun } from './earlier-run.js';
import { writeTensorFile } from './tensor-file.js';

const state = () => ({ parameters: new Map(), optimizer: adam({ learningRate: 0.1 }) });
const describeRun = (training: { [option: string]: number | { patience: number } }) => ({
  protocol: { name: 'p' },
  training,
  seed: 1,
  backend: 'cpu',
});

describe('readEarlierRun', () => {
  it('reads checkpoints, and leaves other files to others', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'footlight-'));
    const [checkpoint, artifact, byHand] = ['a', 'b', 'c'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const description = describeRun({ dim: 5, epochs: 2, stopEarly: { patience: 1 } });
    await fileCheckpoint({ path: checkpoint, key: 'run', description }).write(startPosition, state());
    const earlier = (await readEarlierRun(checkpoint))!;
    expect(earlier.position).toEqual(startPosition);
    expect(earlier.restore(describeRun({ dim: 5, epochs: 3, stopEarly: { patience: 7 } }), state())).toEqual(
      startPosition,
    );
    expect(() => earlier.restore(describeRun({ dim: 7, epochs: 3, stopEarly: { patience: 7 } }), state())).toThrow(
      'received a, which differs in training.dim: 7 ≠ 5.',
    );

    await writeTensorFile(artifact, { metadata: { format: 'footlight-artifact-1' }, tensors: new Map() });
    expect(await readEarlierRun(artifact)).toBeUndefined();

    await fileCheckpoint({ path: byHand, key: 'mine' }).write(startPosition, state());
    const mine = (await readEarlierRun(byHand))!;
    expect(() => mine.restore(description, state())).toThrow(
      'received c, which differs in a key of its own, of a training by hand.',
    );
  });
});
