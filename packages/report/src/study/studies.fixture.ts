import { createSample, type TrialSketch } from './study.fixture.js';
import type { StudyDistribution } from './study-content.js';
import type { ReportedStudy } from './study-section.js';

// Studies that never ran: every kind of figure, long and hostile names, and every state.

const long = 'aLongNameOfAParameter/of/a/program/that/writes/whole/paths/into/its/names/'.repeat(2);
const hostile = '<img src=x onerror="console.error(1)">';

const distributions: Readonly<Record<string, StudyDistribution>> = {
  rate: { kind: 'float', low: 1e-5, high: 1, log: true },
  kind: { kind: 'categorical', choices: ['flat', 'deep', `choice ${hostile} ${long}`] },
  layers: { kind: 'integer', low: 1, high: 6, log: false },
  [long]: { kind: 'float', low: -1, high: 1, log: false },
};

const states = ['complete', 'complete', 'pruned', 'complete', 'failed', 'complete', 'complete'] as const;

const sketches = Array.from({ length: 37 }, (_, at): TrialSketch => {
  const state = at === 36 ? 'running' : states[at % states.length]!;
  const value = at === 11 ? Number.POSITIVE_INFINITY : at === 17 ? 1e12 : ((at * 17) % 37) / 37 + 0.1;
  return {
    state,
    ...(state === 'complete' || state === 'pruned' ? { value } : {}),
    params: {
      rate: 10 ** -(((at * 7) % 11) / 2.2),
      kind: ['flat', 'deep', `choice ${hostile} ${long}`][at % 3]!,
      ...(at % 3 === 1 ? { layers: 1 + (at % 6) } : {}),
      [long]: ((at * 13) % 20) / 10 - 1,
    },
    reports: Array.from({ length: state === 'pruned' ? 3 : 8 }, (__, step) => [step, 0.2 + 1 / (step + 1 + (at % 5))]),
    ...(state === 'failed' ? { systemAttributes: { fail_reason: `out of memory ${hostile} ${long}` } } : {}),
    from: 3 * at + (at > 20 ? 5000 : 0),
    ...(state === 'running' ? {} : { to: 3 * at + 5 + (at % 4) + (at > 20 ? 5000 : 0) }),
  };
});

const goals = Array.from(
  { length: 10 },
  (_, at): TrialSketch => ({
    value: [at, (9 - at) ** 2 + (at % 2) * 20],
    params: { rate: 10 ** -(at / 2) },
    from: at,
    to: at + 1,
  }),
);

export const studies: ReportedStudy[] = [
  {
    study: createSample(sketches, distributions, { name: 'conditional' }),
    importance: [{ rate: 0.5, [long]: 0.3, kind: 0.15, layers: 0.05 }],
  },
  {
    study: createSample(goals, distributions, { name: hostile, directions: ['minimize', 'minimize'] }),
    importance: [{ rate: 1 }, { rate: 1 }],
    front: [0, 2, 4, 6, 8, 9],
  },
  { study: createSample([], {}, { name: 'empty' }) },
];
