import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listPeers, type Manifest, type PublishedPackage } from './published-packages.js';

/** Bytes of files on disk. */
export interface InstalledSize {
  /** Of the package itself. */
  readonly own: number;
  /** Of the package and of all that npm installs with it: dependencies and peers that are not optional. */
  readonly total: number;
}

/** Measures an installed package. @param project a folder in which npm has installed it */
export function measureInstalled(project: string, name: string): InstalledSize {
  const sizes = new Map<string, number>(); // by the folder of the package
  const pending = [findPackage(realpathSync(project), name)];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (sizes.has(folder)) continue;
    sizes.set(folder, measureFolder(folder));
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    const names = [...Object.keys({ ...manifest.dependencies }), ...listPeers(manifest, false)];
    for (const each of names) pending.push(findPackage(folder, each));
  }
  const [own = 0] = sizes.values();
  return { own, total: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}

/** Finds a package as Node does: in `node_modules` of the folder or of one above. */
function findPackage(from: string, name: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (folder === dirname(folder)) throw new Error(`${from}: expected ${name} to be installed, found none.`);
  }
}

/** The bytes of all files of a package, without those of packages inside of it. */
function measureFolder(folder: string): number {
  let sum = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) sum += entry.name === 'node_modules' ? 0 : measureFolder(join(folder, entry.name));
    else sum += lstatSync(join(folder, entry.name)).size;
  return sum;
}

/** The sentence of a README. */
function describeInstalled({ own, total }: InstalledSize): string {
  return `On disk it takes ${format(own)}; with everything that npm installs with it, ${format(total)}.`;
}

/** Megabytes with two digits. */
function format(bytes: number): string {
  const megabytes = bytes / 1e6;
  return `${megabytes < 10 ? Number(megabytes.toPrecision(2)) : Math.round(megabytes)} MB`;
}

const section = /<!-- installed-size -->\n([\s\S]*?)<!-- end -->/;

/** The bytes that a README states; `undefined` if it states none. */
export function readInstalled(readme: string): InstalledSize | undefined {
  const [, own, total] = /takes ([\d.]+) MB;.* ([\d.]+) MB\./.exec(section.exec(readme)?.[1] ?? '') ?? [];
  return own === undefined || total === undefined ? undefined : { own: 1e6 * Number(own), total: 1e6 * Number(total) };
}

/** A README with the sentence about a size. @throws {Error} if it has no section for that */
export function writeInstalled(readme: string, size: InstalledSize): string {
  if (!section.test(readme)) throw new Error('README: expected <!-- installed-size --> … <!-- end -->, found none.');
  return readme.replace(section, `<!-- installed-size -->\n${describeInstalled(size)}\n<!-- end -->`);
}

/** Finds the READMEs that state another size than the installed packages have, by more than a fifth. */
export function checkSizes(project: string, packages: readonly PublishedPackage[]): string[] {
  return packages.flatMap(({ folder, manifest }) => {
    const measured = measureInstalled(project, manifest.name);
    const stated = readInstalled(readFileSync(join(folder, 'README.md'), 'utf8'));
    const isNear = (part: keyof InstalledSize): boolean =>
      stated !== undefined && Math.abs(stated[part] - measured[part]) < 0.2 * measured[part] + 1e4;
    if (isNear('own') && isNear('total')) return [];
    const received = stated === undefined ? 'no size.' : describeInstalled(stated);
    const expected = describeInstalled(measured);
    return [`${manifest.name}, README: expected ${expected} Received ${received} Run \`npm run sizes\`.`];
  });
}

/** Writes the sizes of installed packages into their READMEs. @returns a line for each */
export function writeSizes(project: string, packages: readonly PublishedPackage[]): string[] {
  return packages.map(({ folder, manifest }) => {
    const size = measureInstalled(project, manifest.name);
    const path = join(folder, 'README.md');
    writeFileSync(path, writeInstalled(readFileSync(path, 'utf8'), size));
    return `${manifest.name}: ${describeInstalled(size)}`;
  });
}
