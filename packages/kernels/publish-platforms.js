import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platforms } from './identity.js';
import { addPlatformPackages, readManifest, writePlatformPackage } from './platform-packages.js';

/**
 * Publishes the packages of all platforms, then adds them to the package.json of `@footlight/kernels`.
 *
 * @param folder folder of `@footlight/kernels`, with the binaries in `prebuilds`
 * @param packages folder for the packages
 * @throws before anything is published if one platform lacks a binary that fits; else if npm fails
 */
export function publishPlatforms({ folder, packages, run = runNpm }) {
  const written = Object.keys(platforms).map((target) => {
    const output = join(packages, target);
    const { name, version } = writePlatformPackage(target, {
      folder,
      binaries: join(folder, 'prebuilds', target),
      output,
    });
    return { name, version, output };
  });
  for (const { name, version, output } of written) {
    if (isPublished(`${name}@${version}`, run)) console.log(`${name}@${version} is published already.`);
    else {
      const { status, stderr } = run(['publish', output, '--access', 'public', '--tag', chooseTag(version)]);
      if (status !== 0) throw new Error(`npm publish ${name}@${version} ended with exit code ${status}:\n${stderr}`);
      console.log(`${name}@${version} is published.`);
    }
  }
  const manifest = addPlatformPackages(readManifest(folder));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function isPublished(specifier, run) {
  const { status, stdout, stderr } = run(['view', specifier, 'version']);
  if (status === 0) return stdout.trim() !== '';
  if (/\bE404\b/.test(stderr)) return false;
  throw new Error(`npm view ${specifier} ended with exit code ${status}:\n${stderr}`);
}

/** `1.0.0-next.3` has the tag `next`, as `changeset publish` names it. */
function chooseTag(version) {
  return /-([a-z]+)/i.exec(version)?.[1] ?? 'latest';
}

function runNpm(args) {
  const { status, stdout, stderr } = spawnSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' });
  return { status, stdout, stderr };
}
