import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backendNames } from '@footlight/engine';
import type { StoredResult } from '@footlight/report';
import { beforeAll, describe, expect, it } from 'vitest';
import { keepBraces } from '../api/program.js';
import { pages } from '../paths.js';
import { claimSentence } from './claim.js';
import { commandReference, helpText } from './command-line.js';
import { expandDirectives } from './expand.js';
import { markdownTable } from './markdown-table.js';
import { type CommandLine, readCommandLine } from './program.js';
import { comparisonTable, experimentLink, resultTables } from './result-tables.js';
import { selectNeverRun, selectResults } from './results.js';
import { resultValue } from './value.js';

function createResult(experiment: string, hash = 'a1'): StoredResult {
  return {
    experiment,
    protocol: { hash, dataset: { name: 'films' }, filters: [], split: { name: 'by-user' }, seen: 'exclude' },
    metrics: { 'mrr(sampled 9)': { mean: 0.25, standardError: 0.01, values: [0.24, 0.26] } },
    published: experiment.endsWith('one') ? { 'mrr(sampled 9)': 0.3 } : {},
    seeds: [42, 43],
    command: `footlight run ${experiment} --seeds 2`,
    date: '2026-11-29T12:00:00.000Z',
  } as unknown as StoredResult;
}

const results = ['talk/one', 'talk/two', 'other/one'].map((name) => createResult(name));

describe('expandDirectives', () => {
  const directives = { upper: (words: readonly string[]) => words.join('+').toUpperCase() };

  it('replaces comments that name a directive, and leaves code and other comments alone', () => {
    expect(expandDirectives('<!-- upper a/b c=d --> `<!-- upper x -->` <!-- Not one. -->', directives)).toBe(
      'A/B+C=D `<!-- upper x -->` <!-- Not one. -->',
    );
  });

  it('refuses a name that no directive has', () => {
    expect(() => expandDirectives('<!-- uper a -->', directives)).toThrowErrorMatchingInlineSnapshot(
      `[Error: docs: expected one of upper, received <!-- uper a -->.]`,
    );
  });
});

describe('selectResults', () => {
  it('matches patterns in their order, each result once', () => {
    const select = (...patterns: string[]) => selectResults(results, patterns).map(({ experiment }) => experiment);
    expect(select('other/*', 'talk/two', 'talk/*')).toEqual(['other/one', 'talk/two', 'talk/one']);
    expect(() => select('talk/*', 'song/*')).toThrow('docs: expected a stored result for song/*, received none.');
    expect(selectResults(results, ['song/*'], ['song/three'])).toEqual([]);
    expect(selectNeverRun(results, ['song/*', 'talk/*'], ['talk/one', 'talk/four', 'song/three'])).toEqual([
      'song/three',
      'talk/four',
    ]);
  });
});

describe('claimSentence', () => {
  const measure = (experiment: string, mean: number) => ({
    ...createResult(experiment),
    metrics: { mrr: { mean, standardError: 0.001, values: [mean, mean, mean] } },
  });
  const measured = [measure('talk/one', 0.25), measure('talk/two', 0.2)];

  it('decides by the interval of the difference, which it shows', () => {
    expect(claimSentence(measured, ['talk/one', 'talk/two', 'mrr'])).toMatch(/^holds \(\+0\.04\d+ … \+0\.05\d+ mrr\)$/);
    expect(claimSentence(measured, ['talk/two', 'talk/one', 'mrr'])).toMatch(/^does not hold/);
  });

  it('cannot tell of experiments that were never run, and refuses names that none has', () => {
    expect(claimSentence(measured, ['talk/one', 'talk/five', 'mrr'], ['talk/five'])).toBe(
      'cannot be told, since `talk/five` never ran',
    );
    expect(() => claimSentence(measured, ['talk/one', 'talk/five', 'mrr'])).toThrow('received none of talk/five');
  });

  it('refuses to compare results of different protocols', () => {
    const other = { ...measure('talk/two', 0.2), protocol: { hash: 'b2' } } as unknown as StoredResult;
    expect(() => claimSentence([measured[0]!, other], ['talk/one', 'talk/two', 'mrr'])).toThrow(
      'expected one protocol, received those of talk/one and talk/two, which differ.',
    );
  });
});

describe('resultTables', () => {
  it('has published and own values, and a table per protocol', () => {
    const text = resultTables([results[0]!, createResult('talk/two', 'b2')]);
    expect(text).toContain('mrr(sampled 9), published');
    expect(text).toContain('footlight run talk/one --seeds 2');
    expect(text).toContain(`| ${experimentLink('talk/one', 'one')} | 0.3 | 0.2500\u00a0±\u00a00.0100 | 2 |`);
    expect(text.match(/class="protocol"/g)).toHaveLength(2);
  });

  it('chooses metrics by name, with a hyphen for a space', () => {
    expect(resultTables(results, ['mrr(sampled-9)'])).toContain('0.2500');
    expect(() => resultTables(results, ['auc'])).toThrow('expected a metric of talk/one, received auc.');
  });
});

describe('comparisonTable', () => {
  const read = () => comparisonTable({ results, values: new Map() }, ['talk/one', 'talk/two'], undefined, ['talk/one']);

  it('names experiments that were never run, and refuses names that none has', () => {
    expect(read).toThrow('docs: expected values per user of talk/two, received none.');
    expect(comparisonTable({ results, values: new Map() }, ['talk/five'], undefined, ['talk/five'])).toBe(
      `Never run: ${experimentLink('talk/five', 'five')}.`,
    );
    expect(comparisonTable({ results, values: new Map() }, ['talk/one'], undefined, ['talk/one'])).toBe(
      `Without values per user: ${experimentLink('talk/one', 'one')}.`,
    );
  });
});

describe('resultValue', () => {
  it('is one number in a form', () => {
    const value = (...words: string[]) => resultValue(results, words);
    expect(value('ours', 'talk/one', 'mrr(sampled-9)')).toBe('0.2500 ± 0.0100 over seeds');
    expect(value('range', 'talk/one', 'mrr(sampled-9)')).toBe('0.2400 … 0.2600');
    expect(value('published', 'talk/one', 'mrr(sampled-9)')).toBe('0.3');
    expect(value('seeds', 'talk/one')).toBe('2');
    expect(() => value('published', 'talk/two', 'mrr(sampled-9)')).toThrow('received none.');
    expect(() => value('mean', 'talk/one', 'auc')).toThrow('expected one of mrr(sampled 9) of talk/one, received auc.');
  });
});

describe('markdownTable', () => {
  it('escapes bars', () => {
    expect(markdownTable(['a', 'b'], [['x|y', '1']])).toBe('| a | b |\n| :--- | ---: |\n| x\\|y | 1 |');
  });
});

describe('keepBraces', () => {
  it('protects the braces of sets in doc comments only', () => {
    expect(keepBraces('/** $$ |\\{x\\}| $$ */ const a = /\\{/;')).toBe(
      '/** $$ |\\lbrace x\\rbrace | $$ */ const a = /\\{/;',
    );
  });
});

describe('the command line', () => {
  let commandLine: CommandLine;
  beforeAll(async () => {
    commandLine = await readCommandLine();
  });

  it('has the help of the program and of a command', () => {
    expect(helpText(commandLine)).toContain('Usage: footlight');
    expect(helpText(commandLine, 'run')).toContain('--table <file>');
    expect(() => helpText(commandLine, 'fly')).toThrow('expected a command of the program, received fly.');
  });

  it('has a section per command with its options', () => {
    const text = commandReference(commandLine.createProgram());
    for (const command of commandLine.createProgram().commands) expect(text).toContain(`\`${command.name()}\``);
    expect(text).toContain('`--seeds <count>`');
  });

  it('has explanations of the components', () => {
    expect([...commandLine.explanations.keys()]).toContain('losses');
    expect(commandLine.explanations.get('losses')).toContain('bpr');
  });
});

describe('the page on backends', () => {
  it('has the backends of the engine, from first choice to last', () => {
    const text = readFileSync(join(pages, 'guide/backends.md'), 'utf8');
    expect([...text.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name)).toEqual([...backendNames]);
  });
});
