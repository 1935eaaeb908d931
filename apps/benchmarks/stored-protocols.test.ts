import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { openResultsFolder } from '@footlight/report';
import { describeProtocol, type Experiment, omitFingerprints } from '@footlight/trainer';
import { describe, expect, it } from 'vitest';

const folder = `${import.meta.dirname}/results`;
const results = await openResultsFolder(folder).read();

describe('stored results', () => {
  it('have the protocols and notes of their experiments, and the fingerprint of their data', async () => {
    for (const { experiment, protocol, note } of results) {
      const { default: current } = (await import(
        pathToFileURL(`${import.meta.dirname}/experiments/${experiment}.ts`).href
      )) as { default: Experiment };
      expect([experiment, note]).toEqual([experiment, current.note]);
      expect([experiment, omitFingerprints(protocol)]).toEqual([experiment, describeProtocol(current)]);
      expect([experiment, protocol.dataset['fingerprint']]).toEqual([
        experiment,
        expect.stringMatching(/^[0-9a-f]{32}$/),
      ]);
      const values = readValues(experiment);
      if (values) expect([experiment, values.protocol]).toEqual([experiment, protocol.hash]);
    }
  });

  it('from the reconstruction of MovieLens 1M say that their archive is another one', () => {
    const reconstructed = results.filter(({ experiment }) => /^mult-vae\/ml-1m-(?!2999)/.test(experiment));
    expect(reconstructed.length).toBeGreaterThan(0);
    for (const { archives } of reconstructed) expect(archives).toEqual([{ fileName: 'ml-1m.zip', checksum: 'other' }]);
  });
});

function readValues(experiment: string): { readonly protocol: string } | undefined {
  try {
    return JSON.parse(readFileSync(`${folder}/${experiment}.values.json`, 'utf8'));
  } catch {
    return undefined;
  }
}
