import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './run-child.mjs';

/** @returns the message for users whose Node is older than `range` (`>=major.minor`), else nothing */
export function tooOld(version, range) {
  const [major, minor] = version.split('.').map(Number);
  const [neededMajor, neededMinor] = range.replace('>=', '').split('.').map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return undefined;
  return (
    `setup: expected Node ${neededMajor}.${neededMinor} or newer, received ${version}. ` +
    'Install the version in .nvmrc from https://nodejs.org.'
  );
}

/** Hashes what an installation is made from, so that the next start can tell whether it is up to date. */
function fingerprint(root) {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests(root)])
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function manifests(root) {
  const folders = ['packages', 'apps', 'tooling'].flatMap((parent) =>
    existsSync(join(root, parent))
      ? readdirSync(join(root, parent))
          .sort()
          .map((name) => `${parent}/${name}`)
      : [],
  );
  return ['.', 'examples', ...folders]
    .map((folder) => `${folder}/package.json`)
    .filter((file) => existsSync(join(root, file)));
}

/**
 * Installs the workspace unless that was done before from the same manifests and lockfile.
 *
 * @returns what went wrong, else nothing
 */
export async function install(root, packageManager, run = runPnpm) {
  const stamp = join(root, 'node_modules/.footlight-setup');
  const wanted = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return undefined;
  const started = Date.now();
  console.error(
    `Setting up: installing the packages${existsSync(stamp) ? '' : ' (only the first time; about a minute)'} …`,
  );
  const { code, output } = await run(root, packageManager);
  if (code !== 0)
    return (
      `${output.trim()}\nsetup: expected the packages to install, received exit code ${code} from ${packageManager}. ` +
      'See above; run the command again once that is fixed.'
    );
  writeFileSync(stamp, wanted);
  console.error(`Setting up: done in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  return undefined;
}

function runPnpm(root, packageManager) {
  // CI: pnpm asks no questions. The yes is said aloud because an .npmrc may say no.
  const env = { ...process.env, CI: 'true' };
  const args = ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'];
  return runChild('npx', args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
}
