import { posix } from 'node:path';
import { type Drawing, nameInDrawing } from './drawing.js';
import type { Source } from './source.js';

/** One package, app or the examples. */
export interface Workspace {
  /** From the root of the repository, e.g. `packages/core`. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly sources: readonly Source[];
}

export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const scope = '@footlight/';
const forbiddenWords = new Set(['util', 'utils', 'helper', 'helpers', 'manager', 'base', 'abstract', 'impl', 'misc']);
const forbiddenNames = new Set(['data', 'info', 'handle', 'process', 'common']);

/** @returns every breach of the house rules, as sentences that begin with the file to change */
export function complaints(drawing: Drawing, workspace: Workspace): string[] {
  const allowed = drawing.get(nameInDrawing(drawing, workspace.folder) ?? '');
  if (!allowed) return [`${workspace.folder}: expected a place in the drawing, received none. Draw it in tooling/structure/drawing.txt.`];
  return [
    ...undrawnDependencies(allowed, workspace),
    ...workspace.sources.flatMap((source) => [
      ...imports(allowed, workspace, source),
      ...names(source),
      ...(source.exportsAll ? [`${source.path}: expected named re-exports, received \`export *\`. Name what leaves the file.`] : []),
    ]),
    ...untested(workspace),
  ];
}

function undrawnDependencies(allowed: ReadonlySet<string>, { folder, manifest }: Workspace): string[] {
  return declared(manifest, true)
    .filter((name) => name.startsWith(scope) && !name.startsWith(`${scope}tooling-`) && !allowed.has(name.slice(scope.length)))
    .map((name) => `${folder}/package.json: expected only dependencies that the drawing shows, received ${name}. Take it out.`);
}

function imports(allowed: ReadonlySet<string>, { folder, manifest }: Workspace, { path, imports }: Source): string[] {
  return imports.flatMap((specifier) => {
    if (specifier.startsWith('.')) return relative(folder, path, specifier);
    const name = packageOf(specifier);
    if (name.startsWith('node:')) return [];
    if (name.startsWith(scope) && !name.startsWith(`${scope}tooling-`) && name !== manifest.name && !allowed.has(name.slice(scope.length)))
      return [`${path}: expected only imports that the drawing shows, received ${specifier}.`];
    if (name === manifest.name || declared(manifest, !isShipped(path)).includes(name)) return [];
    return [`${path}: expected ${name} among the dependencies of ${folder}/package.json, received none. Declare it there.`];
  });
}

function relative(folder: string, path: string, specifier: string): string[] {
  const target = posix.join(posix.dirname(path), specifier);
  if (!target.startsWith(`${folder}/`))
    return [`${path}: expected imports from its own package, received ${specifier}. Import the package by name.`];
  if (target === `${folder}/src/index.js`) return [`${path}: expected the file that holds it, received ${specifier}. Import that.`];
  return [];
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function declared({ dependencies, peerDependencies, optionalDependencies, devDependencies }: Manifest, development: boolean): string[] {
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies, ...(development ? devDependencies : {}) });
}

function names({ path }: Source): string[] {
  return path
    .split('/')
    .slice(2) // the folder of the workspace may be called what it likes
    .map((part) => part.replace(/(\.test|\.test-d|\.config)?\.ts$/, ''))
    .filter((name) => forbiddenNames.has(name) || name.split('-').some((word) => forbiddenWords.has(word)))
    .map((name) => `${path}: expected a name that says what it holds, received ${name}.`);
}

function untested({ folder, sources }: Workspace): string[] {
  const paths = new Set(sources.map(({ path }) => path));
  return sources
    .filter(({ path, runs }) => runs && path.startsWith(`${folder}/src/`) && isShipped(path) && !/(^|\/)(index|types)\.ts$/.test(path))
    .filter(({ path }) => !paths.has(path.replace(/\.ts$/, '.test.ts')))
    .map(({ path }) => `${path}: expected ${posix.basename(path, '.ts')}.test.ts beside it, received none.`);
}

/** Neither a test nor something for tests (`testing/`, `fixtures.ts`, `x.fixture.ts`). */
function isShipped(path: string): boolean {
  return !/(\.(test|test-d|config|fixture)|\/fixtures)\.ts$/.test(path) && !path.includes('/testing/');
}
