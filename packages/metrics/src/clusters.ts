import { invalid } from '@footlight/core';

/** Sums of values by cluster: what cluster-robust errors and resampling of clusters need. */
export interface ClusterSums {
  /** Sum of the defined values of each cluster that has one. */
  readonly sums: Float64Array;
  /** Their number. */
  readonly counts: Float64Array;
}

/**
 * Sums values by cluster, clusters in the order of their first defined value. NaN values are left out. Without clusters
 * each value is a cluster of its own.
 *
 * @throws {RecsysError} `invalid-argument` if there is not one cluster for each value
 */
export function sumByCluster(where: string, values: ArrayLike<number>, clusters?: ArrayLike<number>): ClusterSums {
  if (clusters && clusters.length !== values.length)
    invalid(where, `${values.length} clusters, one for each value`, clusters.length);
  const position = new Map<number, number>();
  const [sums, counts] = [new Float64Array(values.length), new Float64Array(values.length)];
  let size = 0;
  for (let at = 0; at < values.length; at++) {
    if (Number.isNaN(values[at]!)) continue;
    const found = clusters && position.get(clusters[at]!);
    const cluster = found ?? size++;
    if (clusters && found === undefined) position.set(clusters[at]!, cluster);
    sums[cluster]! += values[at]!;
    counts[cluster]! += 1;
  }
  return { sums: sums.subarray(0, size), counts: counts.subarray(0, size) };
}

/** The sum of some numbers. */
export function total(numbers: Float64Array): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
