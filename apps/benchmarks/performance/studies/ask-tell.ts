import { createRng } from '@footlight/core';
import { createStudy, memoryLog, type Study, type Trial } from '@footlight/studies';

/** Ten parameters as in a search over models: rates in the logarithm, sizes, shares and choices. */
function nameParameters(trial: Trial): number {
  const rates = [0, 1, 2].map((at) => trial.float(`rate${at}`, { low: 1e-6, high: 1, log: true }));
  const shares = [0, 1, 2].map((at) => trial.float(`share${at}`, { low: 0, high: 1 }));
  const sizes = [0, 1].map((at) => trial.integer(`size${at}`, { low: 1, high: 512 }));
  const kinds = [0, 1].map((at) => trial.categorical(`kind${at}`, ['a', 'b', 'c', 'd']));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return (
    sum(rates.map((rate) => (Math.log10(rate) + 3) ** 2)) +
    sum(shares.map((share) => (share - 0.3) ** 2)) +
    sum(sizes.map((size) => (size - 64) ** 2 / 4096)) +
    sum(kinds.map((kind) => 'abcd'.indexOf(kind)))
  );
}

/** Begins a trial, names its parameters and ends it. */
export async function askAndTell(study: Study): Promise<void> {
  const trial = await study.ask();
  await study.tell(trial, nameParameters(trial));
}

/**
 * Creates a study with finished trials of ten parameters, from a log: half of them random, and half near one place, as
 * in a search.
 */
export async function createFinishedStudy(count: number): Promise<Study> {
  const rng = createRng('ask-tell');
  const choices = JSON.stringify({ name: 'CategoricalDistribution', attributes: { choices: ['a', 'b', 'c', 'd'] } });
  const float = (low: number, high: number, log: boolean): string =>
    JSON.stringify({ name: 'FloatDistribution', attributes: { step: null, low, high, log } });
  const integer = JSON.stringify({ name: 'IntDistribution', attributes: { log: false, step: 1, low: 1, high: 512 } });
  const distributions = Object.fromEntries([
    ...[0, 1, 2].map((at) => [`rate${at}`, float(1e-6, 1, true)]),
    ...[0, 1, 2].map((at) => [`share${at}`, float(0, 1, false)]),
    ...[0, 1].map((at) => [`size${at}`, integer]),
    ...[0, 1].map((at) => [`kind${at}`, choices]),
  ]) as Record<string, string>;
  const names = Object.keys(distributions);
  const lines = [{ op_code: 0, worker_id: 'log', study_name: 'speed', directions: [1] } as object];
  for (let number = 0; number < count; number++) {
    const isNear = number % 2 === 1;
    const place = (): number => Math.min(0.999, Math.max(0, isNear ? rng.normal(0.4, 0.1) : rng.next()));
    const scales: Readonly<Record<string, (unit: number) => number>> = {
      rate: (unit) => Math.exp((1 - unit) * Math.log(1e-6)),
      share: (unit) => unit,
      size: (unit) => 1 + Math.floor(512 * unit),
      kind: (unit) => Math.floor(4 * unit),
    };
    const params = Object.fromEntries(names.map((name) => [name, scales[name.slice(0, -1)]!(place())]));
    lines.push({
      op_code: 4,
      worker_id: 'log',
      study_id: 0,
      datetime_start: '2026-01-01T00:00:00',
      datetime_complete: '2026-01-01T00:00:01',
      state: 1,
      value: rng.uniform(0, 100),
      values: null,
      distributions,
      params,
      user_attrs: {},
      system_attrs: {},
      intermediate_values: {},
    });
  }
  const log = memoryLog(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return createStudy({ name: 'speed', log });
}
