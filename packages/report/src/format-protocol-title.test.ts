import { bernoulliUsers, byUser, onTrainingData, type Split, windowTargets, withValidation } from '@footlight/datasets';
import type { Protocol } from '@footlight/trainer';
import { describe, expect, it } from 'vitest';
import { formatProtocolTitle } from './format-protocol-title.js';

const format = ({ name, protocol }: Split) =>
  formatProtocolTitle({
    dataset: { name: 'some-data' },
    filters: [{ name: 'k-core(5)' }],
    split: { name, ...protocol },
  } as unknown as Protocol);

describe('formatProtocolTitle', () => {
  it('shows dataset, filters and split', () =>
    expect(format(byUser({ test: 0.2 }))).toBe('some-data · k-core(5) · by-user'));

  it('describes splits around another one after its name', () => {
    const windows = windowTargets(byUser({ test: 0.2 }), { length: 3 });
    expect(format(windows)).toBe('some-data · k-core(5) · by-user, last item of each window');
    const faithful = bernoulliUsers({ test: 0.2, faithful: ['last-coin'] });
    const inner = byUser({ test: 0.1 });
    expect(format(windowTargets(withValidation(byUser({ test: 0.2 }), { validation: inner }), { length: 3 }))).toBe(
      'some-data · k-core(5) · by-user, validated by by-user of its training data, last item of each window',
    );
    expect(format(windowTargets(onTrainingData(faithful), { length: 3, targets: { last: 2 } }))).toBe(
      'some-data · k-core(5) · bernoulli-users (faithful: last-coin), evaluated on its training data, ' +
        'last 2 items of each window',
    );
  });
});
