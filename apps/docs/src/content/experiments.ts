import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../paths.js';
import { markdownTable } from './markdown-table.js';
import { experimentLinks } from './result-tables.js';

/** Published values by metric. */
type Values = Readonly<Record<string, number>>;

interface Published {
  readonly test: Values;
  readonly validation: Values;
  /** Archives that its data are read from. */
  readonly needs?: readonly string[];
}

/** What the write-ups publish, by the name of the experiment that repeats it; empty for others. */
export type PublishedValues = ReadonlyMap<string, Published>;

/** The source of the command that lists what was never run; no package exports it. */
interface NeverRunModule {
  readonly findNeverRun: (
    project: { readonly experiments: string },
    stored: readonly never[],
  ) => Promise<readonly { readonly experiment: string; readonly needs: readonly string[] }[]>;
}

/** Reads the published values of all experiments of the benchmarks, those that were never run too. */
export async function readPublishedValues(): Promise<PublishedValues> {
  const folder = join(root, 'apps/benchmarks/experiments');
  const groups = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = groups.flatMap(({ name: group }) =>
    readdirSync(join(folder, group)).map((file) => `${group}/${file.replace(/\.ts$/, '')}`),
  );
  const source = pathToFileURL(join(root, 'packages/cli/src/actions/find-never-run.ts')).href;
  const { findNeverRun } = (await import(source)) as NeverRunModule;
  const listed = await findNeverRun({ experiments: folder }, []);
  const needs = new Map(listed.map(({ experiment, needs }) => [experiment, needs]));
  const found = new Map<string, Published>();
  for (const name of names) {
    const module = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as {
      default: { readonly published?: Values; readonly publishedValidation?: Values };
    };
    const { published = {}, publishedValidation = {} } = module.default;
    found.set(name, { test: published, validation: publishedValidation, needs: needs.get(name) ?? [] });
  }
  return found;
}

/** A table of what was published; `measured` are the experiments that have stored results. */
export function publishedTable(
  published: PublishedValues,
  measured: ReadonlySet<string>,
  names: readonly string[],
): string {
  const rows = names.map((name) => {
    const values = published.get(name)?.test;
    if (!values || Object.keys(values).length === 0)
      throw new Error(`docs: expected published values of ${name}, received none.`);
    return { name, values, needs: published.get(name)!.needs ?? [] };
  });
  const metrics = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  const links = experimentLinks(names);
  return markdownTable(
    ['experiment', ...metrics.map((metric) => `${metric}, published`), 'measured here'],
    rows.map(({ name, values, needs }, at) => [
      links[at]!,
      ...metrics.map((metric) => String(values[metric] ?? '–')),
      measured.has(name) ? 'yes' : ['never run', ...needs].join('; needs '),
    ]),
  );
}
