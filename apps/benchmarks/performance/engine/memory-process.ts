import { useBackend } from '@footlight/engine';
import { readPeakBytes } from '../measure/read-peak-bytes.js';
import { loadClicks, startTraining } from './autoencoders.js';
import type { MeasuredMemory } from './measure-memory.js';

// Trains a Mult-VAE for the number of epochs in the argument, and prints a MeasuredMemory.

const epochs = Number(process.argv[2]);
await useBackend('native');
for await (const { epoch } of startTraining(await loadClicks(), 'fp32')) if (epoch + 1 === epochs) break;

const measured: MeasuredMemory = { peakBytes: readPeakBytes() };
process.stdout.write(JSON.stringify(measured));
