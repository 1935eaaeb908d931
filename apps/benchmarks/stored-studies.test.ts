import { pathToFileURL } from 'node:url';
import { openResultsFolder } from '@footlight/report';
import { createTrialExperiment, isSearch, type Search } from '@footlight/studies/search';
import {
  describeProtocol,
  describeTraining,
  type Experiment,
  type LearnedExperiment,
  omitFingerprints,
  type Protocol,
} from '@footlight/trainer';
import { describe, expect, it } from 'vitest';
import { readStoredStudies } from './stored-studies.js';

const studies = await readStoredStudies();
const load = async <T>(path: string): Promise<T> =>
  ((await import(pathToFileURL(`${import.meta.dirname}/${path}.ts`).href)) as { default: T }).default;

describe('stored studies', () => {
  it('have the search of their name, whose experiments have the protocol of their trials', async () => {
    expect(studies.size).toBeGreaterThan(0);
    for (const [name, { best, attributes }] of studies) {
      const search = await load<Search>(`searches/${name}`);
      expect([name, isSearch(search)]).toEqual([name, true]);
      const { protocol } = attributes['footlight:search'] as unknown as { readonly protocol: Protocol };
      expect([name, describeProtocol(createTrialExperiment(search, best!))]).toEqual([
        name,
        omitFingerprints(protocol),
      ]);
    }
  });

  it('have the options of the experiments that were run with their best trials', async () => {
    const results = await openResultsFolder(`${import.meta.dirname}/results`).read();
    for (const { experiment, training } of results.filter((result) => /\/searched-/.test(result.experiment))) {
      const current = await load<LearnedExperiment>(`experiments/${experiment}`);
      expect([experiment, training]).toEqual([experiment, describeTraining(current)]);
    }
  });

  it('have the options of the baselines that were solved with their best trials', async () => {
    const results = await openResultsFolder(`${import.meta.dirname}/results`).read();
    const baselines = results.filter(({ note }) => note?.startsWith('A baseline') && note.includes('best trial'));
    expect(baselines.length).toBeGreaterThan(0);
    for (const { experiment, name } of baselines) {
      const { model } = await load<Experiment>(`experiments/${experiment}`);
      expect([experiment, name.split(' / ').at(-1)]).toEqual([experiment, model.name]);
    }
  });
});
