import { useBackend } from '@footlight/engine';
import { peakBytes } from '../measuring/peak-bytes.js';
import { clicks, training } from './contests/autoencoders.js';
import type { MeasuredMemory } from './memory.js';

// Trains a Mult-VAE for as many epochs as it is told, and prints a MeasuredMemory.

const epochs = Number(process.argv[2]);
await useBackend('native');
for await (const { epoch } of training(await clicks(), 'fp32')) if (epoch + 1 === epochs) break;

const measured: MeasuredMemory = { peakBytes: peakBytes() };
process.stdout.write(JSON.stringify(measured));
