import { useBackend } from '@footlight/engine';
import { readPeakBytes } from '../measure/read-peak-bytes.js';
import { loadClicks, startTraining } from './autoencoders.js';
import { startFullSoftmax } from './large-catalogue.js';
import type { MeasuredMemory, MemoryWork } from './measure-memory.js';

// Trains what the first argument names for the number of epochs in the second, and prints a MeasuredMemory.

const works: Readonly<Record<MemoryWork, () => Promise<AsyncIterable<{ readonly epoch: number }>>>> = {
  'mult-vae': async () => startTraining(await loadClicks(), 'fp32'),
  'full-softmax': async () => startFullSoftmax(),
};

const [work, epochs] = [process.argv[2] as MemoryWork, Number(process.argv[3])];
await useBackend('native');
for await (const { epoch } of await works[work]()) if (epoch + 1 === epochs) break;

const measured: MeasuredMemory = { peakBytes: readPeakBytes() };
process.stdout.write(JSON.stringify(measured));
