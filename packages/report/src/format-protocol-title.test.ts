import { bernoulliUsers, byUser, onTrainingData, type Split, windowTargets } from '@footlight/datasets';
import type { Protocol } from '@footlight/trainer';
import { expect, it } from 'vitest';
import { formatProtocolTitle } from './format-protocol-title.js';

const titleOf = ({ name, protocol }: Split) =>
  formatProtocolTitle({
    dataset: { name: 'some-data' },
    filters: [{ name: 'k-core(5)' }],
    split: { name, ...protocol },
  } as unknown as Protocol);

it('says what is asked of whom, from the outside in', () => {
  expect(titleOf(byUser({ test: 0.2 }))).toBe('some-data · k-core(5) · by-user');
  expect(titleOf(windowTargets(byUser({ test: 0.2 }), { length: 3 }))).toBe(
    'some-data · k-core(5) · last of windows of by-user',
  );
  expect(
    titleOf(
      windowTargets(onTrainingData(bernoulliUsers({ test: 0.2, faithful: ['last-coin'] })), {
        length: 3,
        targets: { last: 2 },
      }),
    ),
  ).toBe('some-data · k-core(5) · last 2 of windows of on-training-data of bernoulli-users (faithful: last-coin)');
});
