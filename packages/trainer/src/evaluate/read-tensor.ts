import { tf } from '@footlight/engine';

/** Computes a tensor, reads its values and disposes of it and of everything that the computation created. */
export async function readTensor(compute: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(compute);
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
