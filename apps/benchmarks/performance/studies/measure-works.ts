import { computeImportance, createStudy, medianPruner, memoryLog, type Study, type StudyLog } from '@footlight/studies';
import { createFinishedStudy } from './ask-tell.js';

/** Time of one work on a large study. */
export interface WorkResult {
  readonly name: string;
  readonly milliseconds: number;
}

/** Measures works on studies of 10,000 trials: the smallest time of a few rounds. */
export async function measureWorks(rounds: number): Promise<WorkResult[]> {
  const log = createReportedLog(10_000, 50);
  const reported = await createStudy({ name: 'reports', log, pruner: medianPruner() });
  const finished = await createFinishedStudy(10_000);
  return [
    await measure('reading a log of 10,000 trials with 50 reports each', rounds, () =>
      createStudy({ name: 'reports', log }),
    ),
    await measure('50 reports of a trial and decisions of the median pruner, after 10,000 trials', rounds, () =>
      reportAll(reported, 50),
    ),
    await measure('importance of ten parameters of 10,000 trials', rounds, async () => computeImportance(finished)),
  ];
}

async function measure(name: string, rounds: number, work: () => Promise<unknown>): Promise<WorkResult> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return { name, milliseconds: Math.min(...times) };
}

async function reportAll(study: Study, steps: number): Promise<void> {
  const trial = await study.ask();
  trial.float('x', { low: 0, high: 1 });
  for (let step = 0; step < steps; step++) {
    trial.report(-1, step); // better than all others, so that it goes on
    await trial.shouldPrune();
  }
  await study.tell(trial, -1);
}

/** A log of complete trials with reports, as workers write it. */
function createReportedLog(trials: number, steps: number): StudyLog {
  const lines: object[] = [{ op_code: 0, study_name: 'reports', directions: [1] }];
  const distribution = JSON.stringify({
    name: 'FloatDistribution',
    attributes: { step: null, low: 0, high: 1, log: false },
  });
  for (let trial_id = 0; trial_id < trials; trial_id++) {
    const value = (trial_id * 0.618) % 1;
    lines.push({ op_code: 4, study_id: 0, datetime_start: '2026-01-01T00:00:00' });
    lines.push({ op_code: 5, trial_id, param_name: 'x', param_value_internal: value, distribution });
    for (let step = 0; step < steps; step++)
      lines.push({ op_code: 7, trial_id, step, intermediate_value: value + 1 / (step + 1) });
    lines.push({ op_code: 6, trial_id, state: 1, values: [value], datetime_complete: '2026-01-01T00:00:01' });
  }
  return memoryLog(lines.map((line) => `${JSON.stringify({ worker_id: 'log', ...line })}\n`).join(''));
}
