import { createRng } from '@footlight/core';
import { UMAP } from 'umap-js';

/** Vectors of items, one after the other. */
export interface ProjectionRequest {
  readonly vectors: Float32Array;
  readonly dim: number;
}

/** How far the projection is, or its result: x and y of each item, from 0 to 1. */
export type ProjectionAnswer = { readonly share: number } | { readonly points: Float32Array };

addEventListener('message', async ({ data: { vectors, dim } }: MessageEvent<ProjectionRequest>) => {
  const rows = Array.from({ length: vectors.length / dim }, (_, at) =>
    normalize(vectors.subarray(at * dim, at * dim + dim)),
  );
  const rng = createRng('map');
  const umap = new UMAP({ nNeighbors: Math.min(15, rows.length - 1), minDist: 0.15, random: () => rng.next() });
  const epochs = umap.initializeFit(rows);
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    if (epoch % 10 === 0) postMessage({ share: epoch / epochs } satisfies ProjectionAnswer);
  }
  postMessage({ points: scale(umap.getEmbedding()) } satisfies ProjectionAnswer);
});

/** The vector divided by its length, so that distances are those of angles. */
function normalize(vector: Float32Array): number[] {
  const length = Math.hypot(...vector) || 1;
  return Array.from(vector, (value) => value / length);
}

/** Stretches both axes to the range from 0 to 1. */
function scale(points: readonly (readonly number[])[]): Float32Array {
  const scaled = new Float32Array(2 * points.length);
  for (const axis of [0, 1]) {
    const values = points.map((point) => point[axis]!);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    for (const [at, value] of values.entries()) scaled[2 * at + axis] = (value - low) / (high - low || 1);
  }
  return scaled;
}
