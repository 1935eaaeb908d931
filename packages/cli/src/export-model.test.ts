import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recommendation } from '@footlight/trainer';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

interface VectorRow {
  readonly item?: string;
  readonly user?: string;
  readonly vector: readonly number[];
  readonly bias: number;
}

describe('footlight export model.safetensors', () => {
  let line: CommandLine;
  let model: string;
  beforeAll(async () => {
    line = await createCommandLine();
    model = join(line.folder, 'model.safetensors');
    const trained = await line.footlight(...line.runTable('r', '--epochs', '3', '--dim', '4', '--save', model));
    expect(trained, trained.stderr).toMatchObject({ code: 0 });
  }, 60_000);
  afterAll(() => line.remove());

  const exportModel = (...args: string[]) => line.footlight('export', model, '--backend', 'cpu', ...args);
  const readTable = async (name: string) => {
    const file = (await readFile(join(line.folder, name))).buffer as ArrayBuffer;
    return (await parquetReadObjects({ file })) as unknown as VectorRow[];
  };

  it('writes vectors whose products are the scores', async () => {
    const written = await exportModel('--vectors', 'items.parquet', '--user-vectors', 'users.parquet');
    expect(written).toMatchObject({
      code: 0,
      stdout: 'items.parquet: 30 items, 4 numbers each\nusers.parquet: 53 users, 4 numbers each\n',
    });
    const [items, users] = [await readTable('items.parquet'), await readTable('users.parquet')];
    const { stdout } = await line.footlight('recommend', model, '--user', 'u4', '--json', '--backend', 'cpu');
    const list = JSON.parse(stdout) as Recommendation[];
    const user = users.find(({ user }) => user === 'u4')!;
    expect(list).toHaveLength(10);
    for (const { item, score } of list) {
      const found = items.find((row) => row.item === item)!;
      const product = found.vector.reduce((sum, value, at) => sum + value * user.vector[at]!, 0);
      expect(product + found.bias + user.bias).toBeCloseTo(score, 5);
    }
  });

  it('writes ONNX and the ids of its positions', async () => {
    expect(await exportModel('--onnx', 'model.onnx')).toMatchObject({
      code: 0,
      stdout: 'model.onnx: factorization(4), 30 items\nmodel.onnx.ids.json: their ids, in the order of the model\n',
    });
    const ids = JSON.parse(await readFile(join(line.folder, 'model.onnx.ids.json'), 'utf8'));
    expect([ids.items.length, ids.users.length, ids.users[0]]).toEqual([30, 53, 'u0']);
    expect((await readFile(join(line.folder, 'model.onnx'))).includes('footlight.model')).toBe(true);
    expect((await readdir(line.folder)).filter((name) => /\.tmp|\.part/.test(name))).toEqual([]);
  });

  it('refuses what is not of a model, and models without vectors', async () => {
    expect((await exportModel()).stderr).toMatchInlineSnapshot(`
      "footlight export: expected one of --onnx, --vectors, --user-vectors, --pgvector, received none.
      "
    `);
    expect((await exportModel('--onnx', 'x.onnx', '--k-core', '3')).stderr).toMatchInlineSnapshot(`
      "footlight export: expected options of a model, received --k-core. It is one of --table, which needs no model.
      "
    `);
    expect((await exportModel('--vectors', 'x.csv')).stderr).toMatchInlineSnapshot(`
      "--vectors: expected a name that ends in .parquet, received "x.csv".
      "
    `);
    expect((await line.footlight('export', '--onnx', 'x.onnx', '--output', 'y')).stderr).toMatchInlineSnapshot(`
      "footlight export: expected a saved model along with --onnx, received none. Name its file first.
      "
    `);
    expect((await line.footlight('export', '--table', line.file, '--user', 'userId')).stderr).toMatchInlineSnapshot(`
      "footlight export: expected a folder with --output, received none.
      "
    `);
    const knn = join(line.folder, 'knn.safetensors');
    expect((await line.footlight(...line.runTable('k', '--model', 'item-knn', '--save', knn))).code).toBe(0);
    const none = await line.footlight('export', knn, '--vectors', 'x.parquet', '--backend', 'cpu');
    expect(none.stderr).toMatchInlineSnapshot(`
      "Expected a model whose scores are products of a vector of the user and one of the item, received one whose scores are computed in another way. Export its lists with footlight recommend-all, or the model with --onnx.
      "
    `);
  });
});
