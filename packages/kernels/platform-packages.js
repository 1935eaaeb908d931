import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getPlatformPackage, hashFile, hashSources, platforms } from './identity.js';

/**
 * Creates the package.json of the package with the binary for a platform, from that of `@footlight/kernels`. Package
 * managers install it where `os`, `cpu` and `libc` fit.
 */
function createPlatformManifest(target, { version, license, homepage, bugs, repository, engines, keywords }) {
  return {
    name: getPlatformPackage(target),
    version,
    description: `The C++ kernels of @footlight/kernels, compiled for ${target}`,
    keywords,
    homepage,
    bugs,
    repository,
    license,
    engines,
    ...platforms[target],
    preferUnplugged: true, // Yarn cannot load a binary from an archive
    files: ['footlight.node', 'footlight.json'],
    publishConfig: { access: 'public', provenance: true },
  };
}

/** Adds the packages of all platforms to the package.json of `@footlight/kernels`, in its own version. */
export function addPlatformPackages(manifest) {
  const optionalDependencies = Object.fromEntries(
    Object.keys(platforms).map((target) => [getPlatformPackage(target), manifest.version]),
  );
  return { ...manifest, optionalDependencies };
}

/**
 * Writes the package with the binary for a platform.
 *
 * @param folder folder of `@footlight/kernels`
 * @param binaries folder of footlight.node and footlight.json
 * @throws if the binary is missing, damaged, or compiled for another platform or from other sources
 */
export function writePlatformPackage(target, { folder, binaries, output }) {
  checkBinary(target, folder, binaries);
  const manifest = createPlatformManifest(target, readManifest(folder));
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  for (const file of ['footlight.node', 'footlight.json']) cpSync(join(binaries, file), join(output, file));
  cpSync(join(folder, '..', '..', 'LICENSE'), join(output, 'LICENSE'));
  writeFileSync(join(output, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(
    join(output, 'README.md'),
    `# ${manifest.name}\n\nThe C++ kernels of [\`@footlight/kernels\`](${manifest.homepage}), compiled for ` +
      `${target}. Install that package; it brings this one where it fits.\n`,
  );
  return manifest;
}

export function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function checkBinary(target, folder, binaries) {
  const binary = join(binaries, 'footlight.node');
  for (const file of [binary, join(binaries, 'footlight.json')])
    if (!existsSync(file))
      throw new Error(`${file}: expected the kernels for ${target}, found none. Compile them with build.mjs.`);
  const received = JSON.parse(readFileSync(join(binaries, 'footlight.json'), 'utf8'));
  const expected = { target, sources: hashSources(folder), sha256: hashFile(binary) };
  for (const [field, value] of Object.entries(expected))
    if (received[field] !== value)
      throw new Error(`${binary}: expected ${field} ${value}, received ${received[field]}. Compile it again.`);
}
