import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tf } from '@footlight/engine';
import { popularity } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { learnedExperiment, sharedSpec } from '../fixtures.js';
import { runExperiment } from '../run/run-experiment.js';
import type { Outcome } from '../run/types.js';
import { describeStart, saveArtifact } from '../storage/artifact.js';
import { memoryFile } from '../storage/memory-file.js';
import { createModelCard } from './create-model-card.js';
import { formatModelCard } from './format-model-card.js';
import { readModelCard, saveModelCard } from './save-model-card.js';

const createPath = async (name: string) => join(await mkdtemp(join(tmpdir(), 'footlight-')), name);

describe('model cards', () => {
  let outcome: Outcome;
  beforeAll(async () => {
    await tf.setBackend('cpu');
    outcome = await runExperiment(learnedExperiment);
  });
  const save = async (path: string, histories = true) =>
    saveArtifact(path, outcome.recommender, { model: learnedExperiment.model }, { histories });

  it('have what was trained, on which data, how it was measured, and what the file contains', async () => {
    const path = await createPath('model.safetensors');
    await save(path);
    const dataset = { ...learnedExperiment.dataset, license: 'CC0' };
    const card = await createModelCard(path, { ...learnedExperiment, dataset }, outcome, {
      limits: ['Only for films | not for books.'],
      command: 'footlight run a',
    });
    const { from } = await describeStart(path);
    expect(card.artifact).toEqual({ file: 'model.safetensors', hash: from, histories: true });
    expect(card.data).toMatchObject({ ...outcome.sizes, license: 'CC0', name: dataset.name });
    expect(card.data.fingerprint).toBe(outcome.protocol.dataset['fingerprint']);
    expect(card).toMatchObject({ protocol: outcome.protocol, training: outcome.training, seed: outcome.seed });
    const [name, { mean, standardError, count }] = Object.entries(outcome.metrics)[0]!;
    const { interval, ...rest } = card.metrics[name]!;
    expect(rest).toEqual({ mean, count });
    expect(interval![0]).toBeCloseTo(mean - 1.959964 * standardError, 12);
    expect(interval![1]).toBeCloseTo(mean + 1.959964 * standardError, 12);
    // factorization(5) has a vector of 5 and a bias per user and item
    expect(card.model.parameters).toBe(6 * (outcome.sizes.users + outcome.sizes.items));
    expect(card.limits[0]).toContain(`the ids of ${outcome.sizes.users} users and what each of them chose`);
    expect(card.limits.at(-1)).toBe('Only for films | not for books.');
    const text = formatModelCard(card);
    expect(text).toContain('Only for films \\| not for books.');
    expect(text).toContain(`| ${name}`);
    expect(text).toContain('Licence: CC0');
    const undefinedMetric = { ...outcome, metrics: { auc: { mean: Number.NaN, standardError: Number.NaN, count: 0 } } };
    const other = await createModelCard(path, learnedExperiment, undefinedMetric);
    expect(other.metrics).toEqual({ auc: { mean: null, count: 0 } });
    expect(other.data).not.toHaveProperty('license');
    expect(formatModelCard(other)).toMatch(/auc +\| +not defined/);
  });

  it('say that a file without histories has none', async () => {
    const path = await createPath('public.safetensors');
    await save(path, false);
    const card = await createModelCard(path, learnedExperiment, outcome);
    expect(card.artifact.histories).toBe(false);
    expect(card.limits[0]).toContain('neither ids nor histories of users');
  });

  it('are written beside the file, replaced, and read again', async () => {
    const path = await createPath('model.safetensors');
    await save(path);
    const card = await createModelCard(path, learnedExperiment, outcome);
    await saveModelCard(path, card);
    await saveModelCard(path, card);
    expect(await readModelCard(path)).toEqual(JSON.parse(JSON.stringify(card)));
    expect((await readdir(join(path, '..'))).sort()).toEqual(
      ['', '.card.json', '.card.md'].map((ending) => `model.safetensors${ending}`),
    );
    expect(await readFile(`${path}.card.md`, 'utf8')).toBe(formatModelCard(card));
    const file = memoryFile();
    await saveModelCard(file, card);
    expect(await readModelCard(file)).toMatchObject({ artifact: card.artifact });
    expect(await readModelCard(await createPath('none.safetensors'))).toBeUndefined();
  });

  it('never replace another file, nor a card that was changed by hand', async () => {
    const path = await createPath('model.safetensors');
    await save(path);
    const card = await createModelCard(path, learnedExperiment, outcome);
    const attempt = async (name: 'json' | 'md', content: string) => {
      const file = `${path}.card.${name}`;
      await writeFile(file, content);
      await expect(saveModelCard(path, card)).rejects.toMatchObject({ code: 'write-failed' });
      expect(await readFile(file, 'utf8')).toBe(content);
      return file;
    };
    await saveModelCard(path, card);
    const [json, markdown] = await Promise.all(['json', 'md'].map((name) => readFile(`${path}.card.${name}`, 'utf8')));
    const edited = JSON.stringify({ ...card, data: { ...card.data, license: 'mine' } });
    const file = await attempt('json', edited);
    expect((await readModelCard(path))!.data.license).toBe('mine');
    for (const content of ['', '{}', '[1]', 'null', '{ "format": "footlight-model-card-1" }']) {
      await attempt('json', content);
      await expect(readModelCard(path)).rejects.toMatchObject({ code: 'file-damaged' });
    }
    await writeFile(file, json!);
    for (const content of ['', '# My notes\n', `${markdown}\nA sentence of mine.\n`]) await attempt('md', content);
    await expect(saveModelCard(path, card)).rejects.toThrow(
      'model.safetensors.card.md: expected no file, or the card of a model as it was written, received another file ' +
        `or a card that was changed at ${path}.card.md. Move it, or save the model under another name.`,
    );
  });

  it('refuse the file of another model, and empty texts', async () => {
    const path = await createPath('model.safetensors');
    await save(path);
    const other = defineExperiment({ ...sharedSpec, model: popularity() });
    await expect(createModelCard(path, other, outcome)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createModelCard(artifact): expected the saved model popularity, received model.safetensors with factorization(5).]`,
    );
    await expect(
      createModelCard(path, learnedExperiment, outcome, { limits: [' '] }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createModelCard(limits): expected a text, received an empty one. Leave it out if there is nothing to say.]`,
    );
    await expect(
      createModelCard(path, learnedExperiment, outcome, { license: '' }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createModelCard(license): expected a text, received an empty one. Leave it out if there is nothing to say.]`,
    );
  });
});
