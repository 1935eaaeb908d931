import type { Suite } from '../suite.js';
import { autoencoders } from './autoencoders.js';
import { factorizations } from './factorizations.js';
import { graphs } from './graphs.js';
import { neighborhoods } from './neighbors.js';
import { products } from './products.js';
import { ranking } from './rankings.js';
import { sequenceRanking, sequences } from './sequences.js';
import { shortHistories } from './short-histories.js';
import { solvers } from './solvers.js';
import { transformers } from './transformers.js';

/** Training and evaluation through the public packages, beside PyTorch, numpy, LightFM and implicit. */
export const engine: Suite = {
  name: 'engine',
  title: "Footlight's engine compared with other libraries",
  script: 'bench:engine',
  requirements: 'requirements-engine.txt',
  warmUp: true,
  usesBackend: true,
  isStored: true,
  measuresProcesses: true,
  createCases: () => [
    ...products,
    ...factorizations,
    ...solvers,
    ...neighborhoods,
    ...sequences,
    sequenceRanking,
    ...transformers,
    ...shortHistories,
    ...autoencoders,
    ...graphs,
    ranking,
  ],
  notes: () =>
    [
      'Peers reuse their memory (`GLIBC_TUNABLES`), as Footlight does; without that PyTorch is up to six times slower',
      'where new pages are expensive.',
      'Machines drift by more than a third from minute to minute, so differences below 30 % mean little.',
      'LightFM and implicit need a compiler and are not installed by this command;',
      '`--python` names a Python that has them.',
      'LightFM trains with Adagrad whatever the optimizer of Footlight.',
      'An epoch of implicit skips pairs whose negative is a positive,',
      'so its time is divided by the share of pairs that it trains (*by updates*);',
      'its rankings are lists without metrics.',
      'SASRec of Footlight computes, samples for and scores real steps alone; that of PyTorch passes the padding',
      'of all windows through its layers, as its users write it, and leaves it out of the loss, or scores it too and',
      'masks it. *Short histories* compares Footlight with itself: the same interactions in windows without padding.',
      "Nearest neighbors in Python are scipy's sparse products, which have one thread.",
    ].join(' '),
};
