import { invalid, RecsysError } from '@footlight/core';
import { isRedisUrl, redisLog } from '@footlight/studies/redis';
import { quoteForShell } from '../actions/format-command.js';
import type { Context } from '../context.js';
import { findProject } from '../project/find-project.js';
import { loadSearch } from '../project/searches.js';
import { printNote } from '../terminal/print.js';
import { formatKubernetesJob, formatSlurmScript, type Manifest } from './format-manifest.js';
import type { StudyManifestOptions } from './types.js';

const command = 'footlight study manifest';

/** `footlight study manifest`: prints what starts workers of a search on a cluster. */
export async function printManifest(given: string, options: StudyManifestOptions, context: Context): Promise<void> {
  const { cwd, out, err } = context;
  if (!options.kubernetes && !options.slurm) invalid(command, 'one of --kubernetes and --slurm', 'none');
  assertLines({ search: given, ...options });
  const { storage, hasPassword } = await splitPassword(options.storage);
  const found = await loadSearch(given, { cwd, project: await findProject(cwd, options) });
  const { workers, cpus, memory, image, secret, backend, data, experiments } = options;
  const passed = { storage, backend, data, experiments };
  const flags = Object.entries(passed).flatMap(([key, value]) => (value === undefined ? [] : [`--${key}`, value]));
  const manifest: Manifest = {
    name: options.name === undefined ? nameJob(found.name) : checkName('--name', options.name),
    dispatch: `npx footlight study run ${quoteForShell(given)} --storage ${quoteForShell(storage)}`,
    command: ['npx', '--no-install', 'footlight', 'study', 'work', ...flags],
    ...{ workers, cpus, memory, hasPassword, image },
    secret: checkName('--secret', secret),
  };
  out.write(options.kubernetes ? formatKubernetesJob(manifest) : formatSlurmScript(manifest));
  if (/^(localhost|127\.[\d.]+|\[::1\])$/i.test(new URL(storage).hostname))
    printNote(err, `--storage ${storage}: other machines do not reach this address. Write the name of the machine.`);
}

/** Takes the password out of an address. */
async function splitPassword(address: string | undefined): Promise<{ storage: string; hasPassword: boolean }> {
  const reason = 'Workers on several machines need a log on a Redis server.';
  if (address === undefined) return invalid(command, '--storage redis://host', 'none', reason);
  if (!isRedisUrl(address)) return invalid(command, '--storage redis://host', 'another address', reason);
  await redisLog(address).close(); // checks the address, and would connect later
  const url = new URL(address);
  const hasPassword = url.password !== '';
  url.password = '';
  return { storage: url.href, hasPassword };
}

/** A text with a line break could end a comment or a line of a script. */
function assertLines(options: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(options))
    if (typeof value === 'string' && /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(value))
      throw new RecsysError(
        'invalid-argument',
        `${command}: expected ${key} without line breaks and control characters, received some. Correct it.`,
      );
}

/** A name as Kubernetes takes it. */
function nameJob(study: string): string {
  const words = study
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ['search'];
  return `footlight-${words.join('-')}`.slice(0, 52).replace(/-$/, '');
}

function checkName(option: string, name: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?$/.test(name)) return name;
  return invalid(`${command} ${option}`, 'at most 52 of a–z, 0–9 and, between them, -', name);
}
