import type { ComponentEntry, Kind } from './component.js';
import { embeddings } from './embeddings.js';
import { losses } from './losses.js';
import { metrics, scales } from './metrics.js';
import { models } from './models.js';
import { filters, negatives } from './sampling.js';
import { pruners, samplers } from './searching.js';
import { splits } from './splits.js';

// The packages have no names for components; a command line needs some. These tables are the only place where one
// becomes the other. They hold text only, so that help is printed without loading a package.

export const components: Readonly<Record<Kind, readonly ComponentEntry[]>> = {
  model: models,
  loss: losses,
  split: splits,
  filter: filters,
  negatives,
  metric: metrics,
  embedding: embeddings,
  scale: scales,
  sampler: samplers,
  pruner: pruners,
};

/** The packages that hold the components of a kind, loaded when one is created. */
export const packages: Readonly<Record<Kind, () => Promise<object>>> = {
  model: () => import('@footlight/models'),
  loss: () => import('@footlight/losses'),
  split: () => import('@footlight/datasets'),
  filter: () => import('@footlight/datasets'),
  negatives: () => import('@footlight/datasets'),
  metric: () => import('@footlight/metrics'),
  embedding: () => import('@footlight/layers'),
  scale: () => import('@footlight/datasets'),
  sampler: () => import('@footlight/studies'),
  pruner: () => import('@footlight/studies'),
};
