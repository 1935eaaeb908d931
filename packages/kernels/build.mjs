/**
 * Compiles the kernels of a clone unless a binary that fits exists. Never accesses the network and never fails a
 * command that runs it: if it cannot compile, it explains that in one line, and the engine runs on another backend.
 * Of several processes one compiles; the others wait for it, and use its binary.
 *
 *   node build.mjs              before `npm start`, tests and in `build`
 *   node build.mjs --required   exits with 1 if there are no kernels afterwards
 *   node build.mjs --prebuild   the same, and copies the binary to where `platforms.mjs` packs it from
 *   node build.mjs --unloaded   compiles always and does not load the binary (sanitizers must be loaded first)
 */
import { cpSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { compile, packageFolder } from './compile.js';
import { getTarget } from './identity.js';
import { load } from './index.js';
import { runLocked } from './run-locked.mjs';

const [required, prebuild, unloaded] = ['--required', '--prebuild', '--unloaded'].map((flag) =>
  process.argv.includes(flag),
);

/** Compiles; a signal that ends this process ends the compilers first. */
async function compileHere() {
  const interruption = new AbortController();
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(signal, () => interruption.abort(signal));
  try {
    return await compile({ incremental: true, signal: interruption.signal });
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.exit(128 + constants.signals[error]);
  }
}

async function compileUnlessThere() {
  if (!unloaded && load().kernels) return; // another process has compiled meanwhile
  const started = Date.now();
  const failure = await compileHere();
  const reason = failure?.reason ?? (unloaded ? undefined : load().reason);
  const remedy = failure ? ` ${failure.remedy}` : '';
  if (reason)
    console.error(`@footlight/kernels: not compiled (${reason}); the engine runs on its other backends.${remedy}`);
  else console.error(`@footlight/kernels: compiled in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  if (reason && (required || prebuild || unloaded)) process.exitCode = 1;
}

if (unloaded || !load().kernels)
  await runLocked('compile', packageFolder, compileUnlessThere, {
    onWait: (holder) => console.error(`@footlight/kernels: waiting for process ${holder}, which compiles …`),
  });
if (prebuild && !process.exitCode)
  for (const file of ['footlight.node', 'footlight.json'])
    cpSync(join(packageFolder, 'build', 'Release', file), join(packageFolder, 'prebuilds', getTarget(), file));
