import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentsFile } from '../src/api/files.js';
import { type CodeBlock, readCodeBlocks } from '../src/blocks/code-blocks.js';
import type { ApiComponent } from '../src/content/components.js';
import { pages } from '../src/paths.js';

/** What the examples of a package take for granted, by name. */
const given: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  core: {
    at: 'number',
    error: 'unknown',
    negatives: 'tf.Tensor2D',
    options: '{ readonly rate?: number }',
    positive: 'tf.Tensor1D',
  },
  datasets: {
    catalogue: 'Catalogue',
    dataset: 'Dataset',
    experiment: 'LearnedExperiment',
    interactions: 'Interactions',
    item: 'number',
    ratings: "import('arquero').ColumnTable",
    rng: 'Rng',
    user: 'number',
    writeFile: "typeof import('node:fs/promises').writeFile",
  },
  engine: {
    bias: 'tf.Tensor1D',
    index: 'tf.Tensor2D',
    input: 'tf.Tensor3D',
    mask: 'tf.Tensor2D',
    recurrent: 'tf.Tensor2D',
    table: 'tf.Variable<tf.Rank.R2>',
    weight: 'tf.Tensor2D',
  },
  layers: {
    count: 'number',
    features: 'EntityFeatures',
    ids: 'tf.Tensor2D',
    input: 'tf.Tensor3D',
    mask: 'tf.Tensor2D',
    network: 'Network',
    queries: 'tf.Tensor3D',
    rng: 'Rng',
    steps: 'tf.Tensor3D',
  },
  metrics: { ndcgOfOne: 'Float64Array', ndcgOfOther: 'Float64Array', values: 'Float64Array' },
  models: { queries: 'Queries', rng: 'Rng', train: 'Interactions' },
  report: {
    one: "StoredResult['metrics'][string]",
    oneValues: "import('@footlight/report').QueryValues",
    other: "StoredResult['metrics'][string]",
    otherValues: "import('@footlight/report').QueryValues",
    results: 'readonly StoredResult[]',
    study: "import('@footlight/studies').Study",
    writeFile: "typeof import('node:fs/promises').writeFile",
  },
  serve: { models: "import('@footlight/serve').ServiceOptions['models']", recommender: 'Recommender' },
  studies: {
    fork: "typeof import('node:child_process').fork",
    search: "import('@footlight/studies/search').Search",
    study: "import('@footlight/studies').Study",
    url: 'string',
  },
  trainer: {
    card: "import('@footlight/trainer').ModelCard",
    createExperiment: '(file: Blob) => LearnedExperiment',
    dataset: 'Dataset',
    experiment: 'LearnedExperiment',
    experiments: 'readonly LearnedExperiment[]',
    file: 'Blob',
    metrics: 'readonly Metric[]',
    model: 'Solver',
    network: 'Network',
    options: 'FitOptions',
    outcome: '{ readonly protocol: Protocol }',
    recommender: 'Recommender',
    show: '(epoch: number, loss: number) => void',
    signal: 'AbortSignal',
    test: 'HeldOut',
    train: 'Interactions',
  },
};

const types =
  'Catalogue, Dataset, EntityFeatures, FitOptions, HeldOut, Interactions, LearnedExperiment, Metric, Network, ' +
  'Protocol, Queries, Recommender, Rng, Solver, StoredResult';

/** The examples of the API reference as modules that import every name of every package and declare the given ones. */
export function readApiExamples(): CodeBlock[] {
  const components = JSON.parse(readFileSync(componentsFile, 'utf8')) as ApiComponent[];
  const modules = new Map(components.map(({ name, module }) => [name, module])); // of two with one name, the last
  modules.set('RecsysError', '@footlight/core').set('tf', '@footlight/engine'); // tf is not ours: no page describes it
  for (const [name, module] of modules) if (module.includes('movielens')) modules.delete(name);
  return readdirSync(join(pages, 'api'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .sort()
    .flatMap((file) => readCodeBlocks(join('api', file)))
    .filter(({ language }) => language === 'ts')
    .map((block) => ({ ...block, line: block.line - 1, text: toFunction(block, modules) }));
}

function toFunction({ page, text }: CodeBlock, modules: ReadonlyMap<string, string>): string {
  const isImport = (line: string): boolean => line.startsWith('import ');
  const lines = text.split('\n');
  const own = new Set(lines.filter(isImport).join(' ').match(/\w+/g)); // an example may import by itself
  const imports = [...modules].flatMap(([name, module]) =>
    own.has(name) ? [] : [`import { ${name} } from '${module}';`],
  );
  const parameters = Object.entries(given[page.split(/[\\/]/)[1]!] ?? {}).map(([name, type]) => `${name}: ${type}`);
  const head = [
    `${imports.join(' ')} import type { ${types} } from 'footlight';`,
    ...lines.filter(isImport),
    `export async function example(${parameters.join(', ')}): Promise<void> { {`,
  ];
  const body = lines.map((line) => (isImport(line) ? '' : line.replace(/^export default /, 'void ')));
  return [head.join(' '), ...body, '} }'].join('\n');
}
