import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { tf, useBackend } from '@footlight/engine';
import { type Answers, loadAndAnswer, type RunResult, trainAndSave } from '../all-models/train.fixture.js';

export type GpuBackend = 'webgpu' | 'webgl';

/** What a model gave in a page, and what one answers there that Node trained. */
export interface GpuResult extends Omit<RunResult, 'artifact'> {
  readonly backend: string;
  readonly answersOfNode: Answers;
}

/** Whether the browser offers a GPU, or one that it computes itself. */
async function hasAdapter(name: GpuBackend): Promise<boolean> {
  if (name === 'webgl') return document.createElement('canvas').getContext('webgl2') !== null;
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<object | null> } };
  return ((await gpu?.requestAdapter()) ?? null) !== null;
}

async function run(name: GpuBackend, model: string): Promise<GpuResult> {
  await useBackend(name);
  const answersOfNode = await loadAndAnswer(model, await (await fetch(`/${model}.safetensors`)).blob());
  const { artifact: _, ...result } = await trainAndSave(model);
  return { ...result, backend: tf.getBackend(), answersOfNode };
}

/** The errors of a tensor that is too large, and of an operation that the backend does not have. */
async function fail(name: GpuBackend): Promise<string[]> {
  await useBackend(name);
  const explain = (compute: () => tf.Tensor): string => {
    try {
      return `no error: ${tf.tidy(() => compute().dataSync()[0])}`;
    } catch (error) {
      return (error as Error).message;
    }
  };
  return [
    // More than these devices take, and less than the 2 GiB that Chromium does not allocate.
    explain(() => tf.add(tf.zeros([2 ** 29 - 2 ** 20]), tf.ones([1]))),
    explain(() =>
      tf.sparse.sparseSegmentSum(tf.ones([3, 2]), tf.tensor1d([0, 2], 'int32'), tf.tensor1d([0, 0], 'int32')),
    ),
    explain(() => tf.add(tf.ones([2]), tf.ones([2]))),
  ];
}

Object.assign(globalThis, { hasAdapter, run, fail });
