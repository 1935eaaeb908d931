import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describeToolInstallation, findMissingTools, findNodeFolder, findNodeGyp } from './build-tools.js';
import { createFingerprint, hashSources, listAddonSources } from './identity.js';

/** Folder of this package. */
export const packageFolder = import.meta.dirname;

/**
 * Compiles the kernels into the folder of this package, where `load` finds them. A binary that is there is replaced
 * when the new one is complete, and stays if the compilation fails.
 *
 * node-gyp works in a folder of its own: package managers would compile a `.gyp` file in the package when they install
 * it.
 *
 * @returns why there is no binary and what to do; `undefined` on success
 */
export async function compile({ folder = packageFolder, incremental = false, onProgress = () => {}, signal } = {}) {
  if (!existsSync(join(folder, 'src'))) return fail('the sources are missing', 'Install @footlight/kernels again.');
  const missing = findMissingTools();
  if (missing.length > 0) return fail(`expected ${listWords(missing)}, found none`, describeToolInstallation());
  const gyp = findNodeGyp();
  if (!gyp) return fail('expected node-gyp, which is a part of npm, found none', 'Install npm.');
  const work = join(folder, 'build', 'gyp');
  try {
    if (!incremental) rmSync(work, { recursive: true, force: true });
    prepare(folder, work);
    const sources = hashSources(folder); // before they are read, in case that they change meanwhile
    const failure = await runNodeGyp(gyp, { folder, work, onProgress, signal });
    if (failure) return failure;
    install(work, join(folder, 'build', 'Release'), sources);
    if (!incremental) rmSync(work, { recursive: true, force: true });
    return undefined;
  } catch (error) {
    if (error.syscall === undefined) throw error;
    return fail(
      `expected a folder that can be written to, received the error "${error.message}"`,
      'Run the command as the owner of the folder, or install the package in a project of your own.',
    );
  }
}

function fail(reason, remedy) {
  return { reason, remedy };
}

function listWords(words) {
  return [words.slice(0, -1).join(', '), words.at(-1)].filter((part) => part !== '').join(' and ');
}

function prepare(folder, work) {
  mkdirSync(work, { recursive: true });
  cpSync(join(folder, 'kernels.gypi'), join(work, 'binding.gyp'));
  cpSync(join(packageFolder, 'identity.js'), join(work, 'identity.js')); // lists the sources for it
  const link = join(work, 'src');
  rmSync(link, { recursive: true, force: true });
  symlinkSync(process.platform === 'win32' ? join(folder, 'src') : join('..', '..', 'src'), link, 'junction');
}

async function runNodeGyp(gyp, { folder, work, onProgress, signal }) {
  const nodedir = findNodeFolder(work);
  if (!nodedir && process.platform !== 'win32')
    return fail('the headers of Node-API are missing', 'Install the package node-api-headers.');
  const total = listAddonSources(join(folder, 'src')).filter((file) => file.endsWith('.cc')).length;
  let done = 0;
  const args = [gyp, 'configure', 'build', '--release', `--jobs=${availableParallelism()}`];
  const { code, log, error } = await run(process.execPath, [...args, ...(nodedir ? [`--nodedir=${nodedir}`] : [])], {
    cwd: work,
    signal,
    onLine(line) {
      if (/^\s*(CXX\(target\) \S+|\S+\.cc)$/.test(line)) onProgress(++done, total);
    },
  });
  if (code === 0) return undefined;
  const file = join(folder, 'build', 'failed.log');
  writeFileSync(file, log);
  const reason = error?.message ?? findReason(log);
  const tools = /Python|Visual Studio/.test(reason) ? `${describeToolInstallation()} ` : '';
  return fail(reason, `${tools}The output of node-gyp is in ${file}.`);
}

/**
 * Runs a program. Aborting the signal ends it with all compilers that it has started: they are in one process group.
 *
 * @throws the reason of the signal, when the programs have ended
 */
async function run(command, args, { cwd, signal, onLine }) {
  signal?.throwIfAborted();
  const group = process.platform !== 'win32';
  const child = spawn(command, args, {
    cwd,
    detached: group,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].filter(Boolean).join(delimiter) },
  });
  const end = () => {
    try {
      if (group && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      else child.kill();
    } catch {} // all have ended already
  };
  process.on('exit', end);
  signal?.addEventListener('abort', end);
  let [log, rest] = ['', ''];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => {
      log += chunk;
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop();
      for (const line of lines) onLine(line);
    });
  const outcome = await new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, log, error }));
    child.on('close', (code) => resolve({ code, log }));
  });
  process.off('exit', end);
  signal?.removeEventListener('abort', end);
  signal?.throwIfAborted();
  return outcome;
}

/** Finds the most useful line of a log: an error of the compiler, a missing program, else an error of node-gyp. */
function findReason(log) {
  const patterns = [/^.*\b(?:fatal )?error: .*$/m, /^make: .*No such file.*$/m, /^gyp ERR! stack Error: .*$/m];
  const found = patterns.map((pattern) => log.match(pattern)?.[0]).find((line) => line);
  return (found ?? 'node-gyp failed')
    .replace(/^gyp ERR! stack Error: /, '')
    .trim()
    .slice(0, 200);
}

/** Replaces the binary, which other processes may have loaded, and writes its fingerprint beside it. */
function install(work, release, sources) {
  const built = join(work, 'build', 'Release', 'footlight.node');
  mkdirSync(release, { recursive: true });
  const [binary, fingerprint] = ['footlight.node', 'footlight.json'].map((name) => join(release, name));
  cpSync(built, `${binary}.part`);
  writeFileSync(`${fingerprint}.part`, `${JSON.stringify(createFingerprint(built, sources))}\n`);
  for (const file of [binary, fingerprint]) renameSync(`${file}.part`, file);
}
