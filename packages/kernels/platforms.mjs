/**
 * Packages with the binaries of `@footlight/kernels`, one per platform. They are written from one template when they
 * are released and are not in the workspace, so that an installation from the lockfile does not need them.
 *
 *   node platforms.mjs write FOLDER   writes that of this platform from the local build, and prints its folder
 *   node platforms.mjs publish        publishes all, from `prebuilds`, and adds them to package.json of this package
 *
 * `publish` needs every platform before it publishes any, leaves out versions that are published already, and must end
 * before `@footlight/kernels` itself is published: else that version would lack a binary.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getTarget } from './identity.js';
import { writePlatformPackage } from './platform-packages.js';
import { publishPlatforms } from './publish-platforms.js';

const folder = import.meta.dirname;
const [command, destination] = process.argv.slice(2);

if (command === 'write' && destination !== undefined) {
  const output = resolve(destination, `kernels-${getTarget()}`);
  try {
    writePlatformPackage(getTarget(), { folder, binaries: join(folder, 'build', 'Release'), output });
    console.log(output);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
} else if (command === 'publish') {
  const packages = mkdtempSync(join(tmpdir(), 'footlight-platforms-'));
  try {
    publishPlatforms({ folder, packages });
  } finally {
    rmSync(packages, { recursive: true });
  }
} else {
  console.error('platforms.mjs: expected `write FOLDER` or `publish`.');
  process.exitCode = 2;
}
