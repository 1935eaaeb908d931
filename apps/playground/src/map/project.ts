import type { ProjectionAnswer } from './project.worker.js';

/** Projects vectors in a worker. @returns x and y of each vector, from 0 to 1 */
export function project(
  vectors: Float32Array,
  dim: number,
  { signal, onShare }: { readonly signal: AbortSignal; readonly onShare: (share: number) => void },
): Promise<Float32Array> {
  const worker = new Worker(new URL('project.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Float32Array>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    worker.onerror = ({ message }) => reject(new Error(`The map could not be computed: ${message}`));
    worker.onmessage = ({ data }: MessageEvent<ProjectionAnswer>) => {
      if ('points' in data) resolve(data.points);
      else onShare(data.share);
    };
    worker.postMessage({ vectors, dim }, [vectors.buffer]);
  }).finally(() => worker.terminate());
}
