import {
  createStudy,
  type Sampler,
  type Study,
  type StudyOptions,
  type Trial,
  type TrialOutcome,
} from '@footlight/studies';

/** Runs a search in which some trials run at once; the oldest one ends first. */
export async function runSearch(
  sampler: Sampler,
  compute: (trial: Trial) => TrialOutcome,
  { workers = 1, trials = 100, ...options }: Partial<StudyOptions> & { workers?: number; trials?: number } = {},
): Promise<Study> {
  const study = await createStudy({ name: 'comparison', ...options, sampler });
  const running: [Trial, TrialOutcome][] = [];
  for (let number = 0; number < trials; number++) {
    if (number >= workers) await study.tell(...running.shift()!);
    const trial = await study.ask();
    running.push([trial, compute(trial)]);
  }
  for (const each of running) await study.tell(...each);
  return study;
}
