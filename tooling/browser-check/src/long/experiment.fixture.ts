import { leaveLastOut, movielens, uniformNegatives } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { defineExperiment, type LearnedExperiment } from '@footlight/trainer';

/** What the page sends to the worker. */
export interface Input {
  readonly file: Blob;
  readonly epochs: number;
}

export function createExperiment({ file, epochs }: Input): LearnedExperiment {
  return defineExperiment({
    dataset: movielens('latest-small', { file }),
    split: leaveLastOut(),
    model: factorization({ dim: 32 }),
    loss: bprLoss(),
    negatives: uniformNegatives({ count: 1 }),
    metrics: [mrr()],
    epochs,
    batchSize: 256,
    seed: 7,
  });
}

/** Memory in use, after a collection of garbage. */
export interface MemoryUse {
  readonly tensors: number;
  readonly tensorBytes: number;
  readonly heapBytes: number;
}

export function measureMemory(): MemoryUse {
  (globalThis as { gc?(): void }).gc?.();
  const { numTensors: tensors, numBytes: tensorBytes } = tf.memory();
  const { memory } = performance as { memory?: { usedJSHeapSize: number } };
  return { tensors, tensorBytes, heapBytes: memory?.usedJSHeapSize ?? 0 };
}
