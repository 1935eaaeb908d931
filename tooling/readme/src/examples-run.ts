import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInterruptibly } from '@footlight/tooling-setup/run-child';
import { agree, exampleNames, outputFile, readOutput, runExample } from './examples.js';
import { root } from './repository.js';

const folder = join(root, 'examples');
const words = process.argv.slice(2);
const update = words.includes('--update');
const chosen = words.filter((word) => !word.startsWith('--'));

mkdirSync(join(folder, 'output'), { recursive: true });
await runInterruptibly(async () => {
  for (const name of chosen.length > 0 ? chosen : exampleNames(folder)) {
    const started = Date.now();
    const received = await runExample(folder, name);
    if (update) writeFileSync(outputFile(folder, name), received);
    const good = update || agree(readOutput(folder, name), received);
    console.log(`${good ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (good) continue;
    console.log(
      `${received}\n${name}.ts: expected the text of examples/output/${name}.txt, received the above. ` +
        `If it is right: npm run examples -- ${name} --update`,
    );
    process.exitCode = 1;
  }
});
