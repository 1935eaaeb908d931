import type { Protocol } from '@footlight/trainer';
import { describe, expect, it } from 'vitest';
import type { ExperimentResult } from './result.js';
import { formatResultTable, formatResultTables, groupByProtocol } from './result-tables.js';

const protocol = (hash: string, split: string): Protocol => ({
  hash,
  dataset: { name: 'some-data' },
  filters: [{ name: 'k-core(5)' }],
  split: { name: split },
  candidates: 'every item',
  seen: 'exclude',
  cold: 'exclude',
  ties: 'expected',
  metrics: {},
});
const result = (
  experiment: string,
  published: Record<string, number>,
  of = protocol('abc', 'published-split'),
): ExperimentResult => ({
  experiment,
  protocol: of,
  metrics: {
    mrr: { mean: 0.1135, standardError: 0.0004, values: [0.113, 0.114] },
    coverage: { mean: 0.5, standardError: null, values: [0.5, 0.5] },
  },
  published,
  seeds: [42, 43],
  backend: 'wasm',
  seconds: { load: 1, train: 2, evaluate: 3 },
});

describe('formatResultTable', () => {
  it('shows published values beside ours', () => {
    expect(formatResultTable([result('talk/a', { mrr: 0.11 }), result('talk/b', {})])).toMatchInlineSnapshot(`
      "| experiment | mrr published | mrr ± over seeds | coverage | seeds | backend | protocol |
      | :--------- | ------------: | ---------------: | -------: | ----: | :------ | :------- |
      | talk/a     |          0.11 |  0.1135 ± 0.0004 |   0.5000 |     2 | wasm    | \`abc\`    |
      | talk/b     |             – |  0.1135 ± 0.0004 |   0.5000 |     2 | wasm    | \`abc\`    |"
    `);
  });

  it('shows the validation part before the test part, and a dash for results without one', () => {
    const validated = {
      ...result('talk/a', { mrr: 0.11 }),
      validation: { mrr: { mean: 0.12, standardError: 0.001, values: [0.121, 0.119] } },
      publishedValidation: { mrr: 0.1275 },
    };
    expect(formatResultTable([validated, result('talk/b', {})])).toMatchInlineSnapshot(`
      "| experiment | mrr (validation) published | mrr (validation) ± over seeds | mrr published | mrr ± over seeds | coverage | seeds | backend | protocol |
      | :--------- | -------------------------: | ----------------------------: | ------------: | ---------------: | -------: | ----: | :------ | :------- |
      | talk/a     |                     0.1275 |               0.1200 ± 0.0010 |          0.11 |  0.1135 ± 0.0004 |   0.5000 |     2 | wasm    | \`abc\`    |
      | talk/b     |                          – |                             – |             – |  0.1135 ± 0.0004 |   0.5000 |     2 | wasm    | \`abc\`    |"
    `);
  });

  it('shows errors that four digits would hide', () => {
    const of = (standardError: number) =>
      formatResultTable([{ ...result('a', {}), metrics: { mrr: { mean: 0.005, standardError, values: [] } } }]);
    expect(of(0.00004)).toContain(' 0.0050 ± 0.00004 |');
    expect(of(0)).toContain(' 0.0050 ± 0 |');
  });

  it('refuses results with different protocols and names the fields that differ', () => {
    const other = result('talk/b', {}, protocol('def', 'leave-last-out'));
    expect(() => formatResultTable([result('talk/a', {}), other])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight table: expected experiments of one protocol, received talk/a and talk/b, which differ in split.name: "published-split" ≠ "leave-last-out". Name experiments of one protocol, or name none for one table per protocol.]`,
    );
  });
});

describe('groupByProtocol', () => {
  it('groups results of one protocol in order', () => {
    const [a, b, c] = [result('a', {}), result('b', {}, protocol('def', 'x')), result('c', {})];
    expect(groupByProtocol([a, b, c])).toEqual([[a, c], [b]]);
  });
});

describe('formatResultTables', () => {
  it('shows the protocol above each table', () => {
    expect(formatResultTables([[result('a', {})], [result('b', {})]])).toMatchInlineSnapshot(`
      "some-data · k-core(5) · published-split · seen items: exclude · protocol \`abc\`

      | experiment | mrr ± over seeds | coverage | seeds | backend | protocol |
      | :--------- | ---------------: | -------: | ----: | :------ | :------- |
      | a          |  0.1135 ± 0.0004 |   0.5000 |     2 | wasm    | \`abc\`    |

      some-data · k-core(5) · published-split · seen items: exclude · protocol \`abc\`

      | experiment | mrr ± over seeds | coverage | seeds | backend | protocol |
      | :--------- | ---------------: | -------: | ----: | :------ | :------- |
      | b          |  0.1135 ± 0.0004 |   0.5000 |     2 | wasm    | \`abc\`    |"
    `);
  });
});
