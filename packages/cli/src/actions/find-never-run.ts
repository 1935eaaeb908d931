import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listDownloads } from '@footlight/datasets';
import type { NeverRun } from '@footlight/report';
import { listExperimentNames, loadByName } from '../project/experiments.js';
import type { Project } from '../project/find-project.js';
import { formatDownload } from './format-download.js';

/** Finds the experiments of a project that have no stored result, with the archives that their data are read from. */
export async function findNeverRun(
  { experiments }: Project,
  stored: readonly { readonly experiment: string }[],
): Promise<NeverRun[]> {
  if (experiments === undefined) return [];
  const known = new Set(stored.map(({ experiment }) => experiment));
  const names = listExperimentNames(experiments).filter((name) => !known.has(name));
  // A folder that does not exist: what an experiment needs does not depend on the machine.
  const directory = join(tmpdir(), randomUUID());
  return Promise.all(
    names.map(async (name) => {
      const { dataset, published = {} } = (await loadByName(name, experiments)).experiment;
      const needs = (await listDownloads(dataset, { directory })).map(formatDownload);
      return { experiment: name, dataset: dataset.name, published, needs };
    }),
  );
}
