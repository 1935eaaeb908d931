import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCommandLine } from './command-line.fixture.js';

describe('footlight run --from', () => {
  it('continues from a saved model, under a name of its own', async () => {
    const line = await createCommandLine();
    const run = (...more: readonly string[]) =>
      line.footlight(...line.runTable('from', '--time', 'timestamp', '--dim', '4', '--epochs', '2', '--json', ...more));
    const first = await run('--save', 'one.safetensors');
    const second = await run('--from', 'one.safetensors', '--save', 'two.safetensors');
    const [one, two] = [JSON.parse(first.stdout), JSON.parse(second.stdout)];
    expect(two.experiment).toMatch(/^own\/likes-factorization-\S+-from-…$/);
    expect(two.protocol).toEqual(one.protocol);
    expect(second.stderr).toContain(
      'from the parameters of an earlier model (53 users known, 0 new, 0 gone; 30 items known, 0 new, 0 gone); ' +
        'the optimizer starts anew\n',
    );
    await writeFile(
      join(line.folder, 'more.csv'),
      `${await readFile(line.file, 'utf8')}new,item 0,3,1\nnew,item 2,3,2\nnew,another,3,3\nnew,item 4,3,4\n`,
    );
    const third = await run('--table', 'more.csv', '--from', 'one.safetensors');
    expect(third.stderr).toContain('53 users known, 1 new, 0 gone; 30 items known, 1 new, 0 gone');
    expect(two.metrics).not.toEqual(one.metrics);
    const messages: string[] = [];
    for (const args of [
      ['--from', 'none.safetensors'],
      ['--from', 'one.safetensors', '--user', 'movieId', '--item', 'userId'],
      ['--from', 'one.safetensors', '--save', 'one.safetensors', '--seeds', '2'],
      ['--from', 'one.safetensors', '--model', 'factorization(biases=false)'],
    ]) {
      const { code, stderr } = await run(...args);
      expect(code).not.toBe(0);
      messages.push(stderr.replaceAll(/\{.*?\}(?=,|\.)/g, '{…}'));
    }
    expect(messages.join('')).toMatchInlineSnapshot(`
      "none.safetensors: expected a file at …/none.safetensors, received none. Check the path.
      --from: expected users that the model was trained on, received 30 new ones and none of its 53. Are these the same data, with ids of the same kind? Else train a new model.
      footlight run: expected another file for --save than for --from, if there are several seeds.
      Expected factorization(4) with {…},"itemEmbedding":{…},"name":"factorization","userEmbedding":{…}, received factorization(4) with {…},"itemEmbedding":{…},"name":"factorization","userEmbedding":{…}. Pass the model it was trained with.
      "
    `);
    await line.remove();
  });

  it('continues from a checkpoint with the state of the optimizer, as one run of as many epochs', async () => {
    const line = await createCommandLine();
    const run = (...more: readonly string[]) =>
      line.footlight(...line.runTable('state', '--time', 'timestamp', '--dim', '4', '--json'), ...more);
    const whole = await run('--epochs', '4', '--save', 'whole.safetensors');
    await run('--epochs', '2', '--checkpoint', 'two.checkpoint');
    const rest = await run('--epochs', '4', '--from', 'two.checkpoint', '--save', 'rest.safetensors');
    expect(rest.stderr).toContain(': from a checkpoint after 2 epochs, with the state of its optimizer\n');
    expect(JSON.parse(rest.stdout).metrics).toEqual(JSON.parse(whole.stdout).metrics);
    const [one, other] = await Promise.all(
      ['whole', 'rest'].map((name) => readFile(join(line.folder, `${name}.safetensors`))),
    );
    expect(other!.equals(one!)).toBe(true);
    const messages: string[] = [];
    for (const args of [
      ['--epochs', '2', '--from', 'two.checkpoint'],
      ['--epochs', '4', '--from', 'two.checkpoint', '--seeds', '2'],
      ['--epochs', '4', '--from', 'two.checkpoint', '--learning-rate', '0.02'],
      ['--epochs', '4', '--from', 'two.checkpoint', '--checkpoint', 'two.checkpoint'],
      ['--epochs', '4', '--from', 'rest.safetensors', '--checkpoint', 'c', '--save', 'c'],
      ['--checkpoint', 'c', '--seeds', '2'],
      ['--checkpoint', 'c', '--model', 'popularity'],
      ['--checkpoint', '.'],
    ]) {
      const { code, stderr } = await run(...args);
      expect(code).not.toBe(0);
      messages.push(stderr);
    }
    expect(messages.join('').replaceAll(line.folder, '…')).toMatchInlineSnapshot(`
      "--epochs: expected more epochs in all than the 2 of the checkpoint that training starts from, received 2. Try 4.
      footlight run: expected one seed with --from and a checkpoint, received 2. Try --seeds 1.
      --from: expected the checkpoint of a run that differs in its epochs or patience alone, received two.checkpoint, which differs in training.optimizer.learningRate: 0.02 ≠ 0.01. To take over the parameters alone, start from its saved model.
      footlight run: expected another file for --checkpoint than for --from.
      footlight run: expected another file for --checkpoint than for --save.
      footlight run: expected one seed with --checkpoint, received 2. Try --seeds 1.
      --dim: expected a model with vectors of one length, received popularity. It has no options.
      footlight: could not write …: EISDIR: it is a folder. Name a file in it.
      "
    `);
    await line.remove();
  });
});
