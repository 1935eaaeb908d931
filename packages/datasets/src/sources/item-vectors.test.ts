// structure: one table of formats and one of faults
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fingerprintInteractions } from '../canonical/fingerprint-interactions.js';
import { kCore } from '../filters/k-core.js';
import { catchMessage, createTemporaryFolder, loadFrom, zipFiles } from '../temporary-folder.fixture.js';
import { type ItemVectorsOptions, itemVectors, type VectorCounts } from './item-vectors.js';
import { rows } from './rows.js';

// Three items, 10, 20 and 30.
const create = (pairs: readonly (readonly [user: number, item: number])[]) =>
  rows(
    pairs.map(([user, item]) => ({ user, item })),
    { user: 'user', item: 'item' },
  );
const dataset = create([
  [1, 10],
  [1, 20],
  [2, 30],
]);

/** The bytes of `numpy.save`. */
function toNpy(descr: string, shape: readonly number[], body: Uint8Array, fortran = false): Uint8Array {
  const order = fortran ? 'True' : 'False';
  const sizes = shape.map((size) => `${size},`).join('');
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${sizes}), }`;
  const header = `${text.padEnd(117)}\n`;
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.from([header.length, 0]),
    Buffer.from(header),
    body,
  ]);
}
const bytes = (array: Float32Array | Float64Array | BigInt64Array | Int32Array | Uint32Array) =>
  new Uint8Array(array.buffer);
const vectors = toNpy('<f4', [3, 2], bytes(Float32Array.of(1, 2, 3, 4, 5, 6)));

async function load(name: string, content: Uint8Array | string, options: Partial<ItemVectorsOptions> = {}) {
  const folder = createTemporaryFolder({ [name]: content });
  let counts: VectorCounts | undefined;
  const path = join(folder, name);
  const all = await itemVectors(dataset, { path, onCounts: (given) => (counts = given), ...options }).load(
    loadFrom(folder),
  );
  const { dim, values } = all.catalogue.itemVectors!;
  return { dim, values: [...values], counts };
}
const loadMessage = (name: string, content: Uint8Array | string, options: Partial<ItemVectorsOptions> = {}) =>
  catchMessage(load(name, content, options));

const expected = { dim: 2, values: [3, 4, 5, 6, 1, 2], counts: { found: 3, missing: 0, unknown: 0 } };

describe('itemVectors', () => {
  it.each<[string, string, Uint8Array | string, Partial<ItemVectorsOptions>]>([
    ['NumPy with a list of ids', 'v.npy', vectors, { ids: [30, 10, 20] }],
    [
      'NumPy by columns',
      'v.npy',
      toNpy('<f8', [3, 2], bytes(Float64Array.of(1, 3, 5, 2, 4, 6)), true),
      { ids: ['30', '10', '20'] },
    ],
    [
      'NumPy with the highest byte first',
      'v.npy',
      toNpy('>i4', [3, 2], Buffer.from([0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6])),
      { ids: [30, 10, 20] },
    ],
    [
      'an archive of NumPy arrays',
      'v.npz',
      zipFiles({ 'vectors.npy': vectors, 'ids.npy': toNpy('<i8', [3], bytes(BigInt64Array.of(30n, 10n, 20n))) }),
      {},
    ],
    [
      'an archive with texts as ids',
      'v.npz',
      zipFiles({ 'e.npy': vectors, 'names.npy': toNpy('<U2', [3], bytes(Uint32Array.of(51, 48, 49, 48, 50, 48))) }),
      { id: 'names', vector: 'e' },
    ],
    ['JSON lines', 'v.jsonl', '{"id":30,"vector":[1,2]}\n{"id":"10","vector":[3,4]}\n\n{"id":20,"vector":[5,6]}\n', {}],
    ['CSV', 'v.csv', 'a,id,b\r\n1,30,2\r\n3,"10",4\r\n5,20,6\r\n', {}],
    ['TSV', 'v.tsv', 'film\ta\tb\n30\t1\t2\n10\t3\t4\n20\t5\t6\n', { id: 'film' }],
  ])('reads %s', async (_, name, content, options) => {
    expect(await load(name, content, options)).toEqual(expected);
  });

  it('reads a column of lists from Parquet', async () => {
    const path = fileURLToPath(new URL('../../fixtures/vectors.parquet', import.meta.url));
    const all = await itemVectors(dataset, { path, id: 'film', vector: 'embedding' }).load(loadFrom('.'));
    expect([...all.catalogue.itemVectors!.values]).toEqual(expected.values);
  });

  it('reads the ids of a NumPy array from a file', async () => {
    const folder = createTemporaryFolder({ 'v.npy': vectors, 'ids.txt': '30\r\n10\r\n20\r\n' });
    const all = await itemVectors(dataset, { path: join(folder, 'v.npy'), ids: join(folder, 'ids.txt') }).load(
      loadFrom(folder),
    );
    expect([...all.catalogue.itemVectors!.values]).toEqual(expected.values);
  });

  it('counts unknown ids, and fills in what is missing if asked to', async () => {
    const content = '{"id":30,"vector":[1,2]}\n{"id":10,"vector":[3,6]}\n{"id":99,"vector":[7,8]}\n';
    expect(await loadMessage('v.jsonl', content)).toMatchInlineSnapshot(
      `"v.jsonl: expected a vector of each item, received none of 1 of 3 items: 20. Add them, or choose missing: 'zero' or 'mean'."`,
    );
    const counts = { found: 2, missing: 1, unknown: 1 };
    expect(await load('v.jsonl', content, { missing: 'zero' })).toEqual({ dim: 2, values: [3, 6, 0, 0, 1, 2], counts });
    expect(await load('v.jsonl', content, { missing: 'mean' })).toEqual({ dim: 2, values: [3, 6, 2, 4, 1, 2], counts });
  });

  it.each<[string, string, Uint8Array | string, Partial<ItemVectorsOptions>, string]>([
    [
      'NaN',
      'v.csv',
      'id,a,b\n10,1,2\n20,x,4\n',
      {},
      'v.csv (line 3): expected finite numbers, received NaN at position 1.',
    ],
    [
      'an empty cell',
      'v.csv',
      'id,a,b\n10,1,\n',
      {},
      'v.csv (line 2): expected finite numbers, received NaN at position 2.',
    ],
    [
      'what float32 cannot hold',
      'v.jsonl',
      '{"id":10,"vector":[1e39]}',
      {},
      'v.jsonl (line 1): expected finite numbers, received 1e+39 at position 1.',
    ],
    [
      'NaN in NumPy',
      'v.npy',
      toNpy('<f4', [1, 2], bytes(Float32Array.of(1, Number.NaN))),
      { ids: [10] },
      'v.npy (row 1): expected finite numbers, received NaN at position 2.',
    ],
    [
      'texts in a vector',
      'v.jsonl',
      '{"id":10,"vector":["1"]}',
      {},
      'expected finite numbers, received 1 at position 1.',
    ],
    [
      'ragged vectors',
      'v.jsonl',
      '{"id":10,"vector":[1,2]}\n{"id":20,"vector":[1]}',
      {},
      'v.jsonl (line 2): expected 2 numbers as before, received 1.',
    ],
    [
      'no vector',
      'v.jsonl',
      '{"id":10,"vector":null}',
      {},
      'v.jsonl (line 1): expected a list of numbers, received null.',
    ],
    ['an empty vector', 'v.jsonl', '{"id":10,"vector":[]}', {}, 'expected a list of numbers, received an empty one.'],
    [
      'an id twice',
      'v.jsonl',
      '{"id":10,"vector":[1]}\n{"id":"10","vector":[1]}',
      {},
      'v.jsonl (line 2): expected each id once, received "10" again.',
    ],
    ['no id', 'v.jsonl', '{"id":null,"vector":[1]}', {}, 'v.jsonl (line 1): expected an id, received null.'],
    [
      'ids of other data',
      'v.jsonl',
      '{"id":7,"vector":[1]}',
      {},
      'v.jsonl: expected vectors of items of the dataset, received none of them in 1 rows.',
    ],
    ['a missing field', 'v.jsonl', '{"film":7,"vector":[1]}', {}, 'v.jsonl'],
    ['a missing column', 'v.csv', 'film,a\n10,1\n', {}, 'v.csv: expected a column id, received film, a.'],
    ['too few ids', 'v.npy', vectors, { ids: [10] }, 'v.npy: expected 3 ids, one per row, received 1.'],
    ['one axis', 'v.npy', toNpy('<f4', [2], bytes(Float32Array.of(1, 2))), { ids: [10] }, 'received the shape [2].'],
    [
      'objects',
      'v.npy',
      toNpy('|O', [1, 1], new Uint8Array(8)),
      { ids: [10] },
      'v.npy: expected numbers or texts, received ',
    ],
    [
      'a cut file',
      'v.npy',
      vectors.subarray(0, vectors.length - 3),
      { ids: [10] },
      'v.npy: expected 24 bytes of values, received 21.',
    ],
    ['another file', 'v.npy', 'id,a', { ids: [10] }, 'v.npy: expected a NumPy array, received another file.'],
    ['no zip', 'v.npz', 'id,a', {}, 'v.npz: expected a zip archive of NumPy arrays'],
    [
      'an archive without ids',
      'v.npz',
      zipFiles({ 'vectors.npy': vectors }),
      {},
      'v.npz: expected an array ids, received vectors.',
    ],
    ['no Parquet', 'v.parquet', 'id,a', {}, 'v.parquet: expected a Parquet file'],
    ['another ending', 'v.txt', 'id,a', {}, 'itemVectors(path): expected a file called .npy'],
    ['no ids', 'v.npy', vectors, {}, 'itemVectors(ids): expected the ids of the rows of a .npy file, received none.'],
    ['ids beside ids', 'v.jsonl', '{"id":10,"vector":[1]}', { ids: [1] }, 'itemVectors(ids): expected no ids'],
    [
      'unknown words',
      'v.npy',
      vectors,
      { missing: 'none' as 'zero' },
      "itemVectors(missing): expected 'error', 'zero' or 'mean', received none.",
    ],
  ])('refuses %s', async (_, name, content, options, message) => {
    const received = await (async () => loadMessage(name, content, options))().catch((error: Error) => error.message);
    expect(received).toContain(message);
  });

  it('is part of the protocol and the fingerprint, and follows items through filters', async () => {
    const folder = createTemporaryFolder({ 'v.csv': 'id,a\n10,1\n20,2\n30,3\n', 'w.csv': 'id,a\n10,1\n20,2\n30,4\n' });
    const source = create([
      [1, 10],
      [1, 20],
      [2, 20],
      [2, 10],
      [3, 30],
    ]);
    const read = (name: string) => itemVectors(source, { path: join(folder, name) });
    const [v, w] = [await read('v.csv').load(loadFrom(folder)), await read('w.csv').load(loadFrom(folder))];
    expect(fingerprintInteractions(v)).not.toEqual(fingerprintInteractions(w));
    expect(read('v.csv').protocol).toMatchObject({ itemVectors: { missing: 'error' } });
    const { catalogue } = kCore({ minimum: 2 }).apply(v);
    expect([...catalogue.itemIds]).toEqual([10, 20]);
    expect([...catalogue.itemVectors!.values]).toEqual([1, 2]);
  });
});
