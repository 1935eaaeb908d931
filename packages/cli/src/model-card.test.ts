import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCommandLine } from './command-line.fixture.js';

describe('footlight run --save, the card of the model', () => {
  it('is written beside the model, with the licence, the uses and the limits that were named', async () => {
    const line = await createCommandLine();
    const run = (...more: readonly string[]) =>
      line.footlight(...line.runTable('card', '--epochs', '1', '--dim', '4', '--json', ...more));
    const { stdout, stderr } = await run(
      ...['--save', 'm.safetensors', '--data-license', 'CC BY 4.0', '--intended-use', 'A demonstration.'],
      ...['--limits', 'No "real" users.', '--limits', 'Made in 2026.'],
    );
    expect(stderr).not.toContain('Error');
    const read = (name: string) => readFile(join(line.folder, name), 'utf8');
    const card = JSON.parse(await read('m.safetensors.card.json'));
    expect(card.data).toMatchObject({ license: 'CC BY 4.0', users: 53, items: 30 });
    expect(card.intendedUse).toEqual(['A demonstration.']);
    expect(card.limits.slice(-2)).toEqual(['No "real" users.', 'Made in 2026.']);
    expect(card.protocol.hash).toBe(JSON.parse(stdout).protocol.hash);
    expect(card.command).toContain('footlight run --table');
    expect(await read('m.safetensors.card.md')).toContain('No "real" users.');

    await writeFile(join(line.folder, 'm.safetensors.card.md'), '# Mine\n');
    const messages: string[] = [];
    for (const args of [
      ['--save', 'm.safetensors'],
      ['--data-license', 'CC0'],
      ['--save', 'n.safetensors', '--limits', ' '],
    ]) {
      const { code, stderr: message } = await run(...args);
      expect(code).not.toBe(0);
      messages.push(message);
    }
    expect(messages.join('').replaceAll(line.folder, '…')).toMatchInlineSnapshot(`
      "m.safetensors.card.md: expected no file, or the card of a model as it was written, received another file or a card that was changed at …/m.safetensors.card.md. Move it, or save the model under another name.
      footlight run: expected --save along with --data-license, received none.
      --limits: expected a text, received an empty one.
      "
    `);
    expect(await read('m.safetensors.card.md')).toBe('# Mine\n');
    await line.remove();
  });
});
