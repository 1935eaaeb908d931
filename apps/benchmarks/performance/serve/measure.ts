import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { RecsysError } from '@footlight/core';
import { useBackend } from '@footlight/engine';
import { saveArtifact } from '@footlight/trainer';
import { runProgram } from '../measure/run-program.js';
import { allUsers, type ServeCase } from './cases.js';
import type { ServeResult } from './format-page.js';
import { createRandomModel } from './random-model.js';
import { sendLoad } from './send-load.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const source = ['--conditions=@footlight/source', '--import', 'tsx'];

/** Starts a service in a process of its own and sends it requests. */
export async function measureCase(
  each: ServeCase,
  duration: { readonly seconds: number; readonly warmUp: number },
): Promise<Omit<ServeResult, 'run'>> {
  const service = spawn(process.execPath, [...source, here('service-process.ts'), JSON.stringify(each.size)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const ended = once(service, 'exit').then(([code]) => {
      throw new RecsysError('bench-failed', `bench:serve: expected a service, received the exit code ${code} of one.`);
    });
    ended.catch(() => {}); // it ends below
    const lines = createInterface(service.stdout);
    const readLine = async () => JSON.parse(String((await Promise.race([once(lines, 'line'), ended]))[0]));
    const { url, backend } = (await readLine()) as { url: string; backend: string };
    const readProcessorSeconds = async (): Promise<number> => {
      service.stdin.write('\n');
      return (await readLine()) as number;
    };
    const warmUp = await sendLoad(url, each, duration.warmUp);
    const before = await readProcessorSeconds();
    const { lists, ...figures } = await sendLoad(url, each, duration.seconds);
    const processorMicroseconds = (1e6 * ((await readProcessorSeconds()) - before)) / lists;
    const failed = figures.failed + warmUp.failed;
    return { name: each.name, backend, figures: { ...figures, failed, processorMicroseconds }, load: loadavg()[0]! };
  } finally {
    service.kill();
  }
}

/** Saves a model and lists items for all of its users by the command line; the time includes loading it. */
export async function measureAllUsers(): Promise<Omit<ServeResult, 'run'>> {
  const folder = await mkdtemp(join(tmpdir(), 'footlight-serve-'));
  try {
    const { name: backend } = await useBackend();
    const { recommender, model } = createRandomModel(allUsers.size);
    const [artifact, output] = [join(folder, 'model.safetensors'), join(folder, 'lists.jsonl')];
    await saveArtifact(artifact, recommender, { model });
    recommender.dispose();
    const start = performance.now();
    const command = ['recommend-all', artifact, '--count', '20', '--output', output];
    await runProgram(process.execPath, [...source, here('../../../../packages/cli/src/cli.ts'), ...command]);
    const seconds = (performance.now() - start) / 1000;
    const { size } = await stat(output);
    const listsPerSecond = allUsers.size.users / seconds;
    return { name: allUsers.name, backend, figures: { seconds, listsPerSecond, bytes: size }, load: loadavg()[0]! };
  } finally {
    await rm(folder, { recursive: true });
  }
}
