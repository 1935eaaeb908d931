import { useBackend } from '@footlight/engine';
import { createService } from '@footlight/serve';
import { listen } from '@footlight/serve/node';
import type { ServedSize } from './cases.js';
import { createRandomModel } from './random-model.js';

// A service in a process of its own: prints its address and the backend, then the processor time so far for each line
// that it reads, and ends with the process that started it.

const { name: backend } = await useBackend();
const { recommender } = createRandomModel(JSON.parse(process.argv[2]!) as ServedSize);
const service = createService({ models: { random: { recommender } } });
const { url } = await listen(service, { port: 0 });
process.stdout.write(`${JSON.stringify({ url, backend })}\n`);
process.stdin.on('end', () => process.exit(0));
process.stdin.on('data', () => {
  const { user, system } = process.cpuUsage(); // microseconds, of all threads
  process.stdout.write(`${JSON.stringify((user + system) / 1e6)}\n`);
});
