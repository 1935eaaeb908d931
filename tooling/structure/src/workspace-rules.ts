import { posix } from 'node:path';
import { type Drawing, nameInDrawing } from './drawing.js';
import { resolvePlatform } from './platform.js';
import { resolveImport, type Source } from './source.js';

/** One package, app or tool, or the examples. */
export interface Workspace {
  /** From the root of the repository, e.g. `packages/core`. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly sources: readonly Source[];
}

export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly homepage?: string;
  readonly bugs?: { readonly url?: string };
  readonly repository?: { readonly type?: string; readonly url?: string; readonly directory?: string };
  readonly keywords?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string };
  readonly imports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const scope = '@footlight/';
const forbiddenWords = new Set(['util', 'utils', 'helper', 'helpers', 'manager', 'base', 'abstract', 'impl', 'misc']);
const forbiddenNames = new Set(['data', 'info', 'handle', 'process', 'common']);

/** Checks the imports, dependencies, names and tests of a package against the drawing and the house rules. */
export function findWorkspaceViolations(drawing: Drawing, workspace: Workspace): string[] {
  const allowed = drawing.get(nameInDrawing(drawing, workspace.folder) ?? '');
  if (!allowed)
    return [
      `${workspace.folder}: expected a place in the drawing, received none. Draw it in tooling/structure/drawing.txt.`,
    ];
  const sources = workspace.sources.filter(({ path }) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
  return [
    ...undrawnDependencies(allowed, workspace),
    ...sources.flatMap((source) => [
      ...imports(allowed, workspace, source),
      ...names(source),
      // The package `footlight` is all others together.
      ...(source.exportsAll && workspace.manifest.name !== 'footlight'
        ? [`${source.path}: expected named re-exports, received \`export *\`. Name what leaves the file.`]
        : []),
    ]),
    ...untested(workspace),
  ];
}

function undrawnDependencies(allowed: ReadonlySet<string>, { folder, manifest }: Workspace): string[] {
  return declared(manifest, true)
    .filter(
      (name) =>
        name.startsWith(scope) && !name.startsWith(`${scope}tooling-`) && !allowed.has(name.slice(scope.length)),
    )
    .map(
      (name) =>
        `${folder}/package.json: expected only dependencies that the drawing shows, received ${name}. Take it out.`,
    );
}

function imports(
  allowed: ReadonlySet<string>,
  { folder, manifest, sources }: Workspace,
  { path, imports }: Source,
): string[] {
  return imports.flatMap((specifier) => {
    if (specifier.startsWith('.')) return relative(folder, path, specifier);
    const platform = resolvePlatform(folder, specifier);
    if (platform) return missing(Object.values(platform), sources, path, specifier);
    const name = readPackageName(specifier);
    if (name.startsWith('node:')) return [];
    if (
      name.startsWith(scope) &&
      !name.startsWith(`${scope}tooling-`) &&
      name !== manifest.name &&
      !allowed.has(name.slice(scope.length))
    )
      return [`${path}: expected only imports that the drawing shows, received ${specifier}.`];
    if (
      name === manifest.name ||
      name in (manifest.imports ?? {}) ||
      declared(manifest, !isShipped(path)).includes(name)
    )
      return [];
    return [
      `${path}: expected ${name} among the dependencies of ${folder}/package.json, received none. Declare it there.`,
    ];
  });
}

function missing(files: readonly string[], sources: readonly Source[], path: string, specifier: string): string[] {
  return files
    .filter((file) => !sources.some((source) => source.path === file))
    .map((file) => `${path}: expected ${file} for ${specifier}, received none. Write it.`);
}

function relative(folder: string, path: string, specifier: string): string[] {
  const target = resolveImport(path, specifier);
  if (!target.startsWith(`${folder}/`))
    return [`${path}: expected imports from its own package, received ${specifier}. Import the package by name.`];
  if (target === `${folder}/src/index.ts` && path !== `${folder}/src/index.test.ts` && !path.endsWith('.test-d.ts'))
    return [`${path}: expected the file that holds it, received ${specifier}. Import that.`];
  return [];
}

function readPackageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function declared(
  { dependencies, peerDependencies, optionalDependencies, devDependencies }: Manifest,
  development: boolean,
): string[] {
  return Object.keys({
    ...dependencies,
    ...peerDependencies,
    ...optionalDependencies,
    ...(development ? devDependencies : {}),
  });
}

function names({ path }: Source): string[] {
  return path
    .split('/')
    .slice(2) // the name of the workspace's folder is free
    .map((part) => part.replace(/(\.test|\.test-d|\.config)?\.ts$/, ''))
    .filter((name) => forbiddenNames.has(name) || name.split('-').some((word) => forbiddenWords.has(word)))
    .map((name) => `${path}: expected a name that says what it holds, received ${name}.`);
}

/** What a package hands out is tested beside its source; its inner parts may be tested through it. */
function untested({ folder, sources }: Workspace): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const entry = byPath.get(`${folder}/src/index.ts`);
  return (entry?.reexports ?? [])
    .map((specifier) => resolvePlatform(folder, specifier)?.node ?? resolveImport(entry!.path, specifier))
    .filter((path) => byPath.get(path)?.runs && posix.basename(path) !== 'types.ts' && !isTested(path, sources))
    .map((path) => `${path}: expected ${posix.basename(path, '.ts')}.test.ts beside it, received none.`);
}

/** By a test of its name, or by one in the same folder that imports it. */
function isTested(path: string, sources: readonly Source[]): boolean {
  return sources.some(
    (test) =>
      test.path.endsWith('.test.ts') &&
      posix.dirname(test.path) === posix.dirname(path) &&
      test.imports.some((specifier) => resolveImport(test.path, specifier) === path),
  );
}

/** Neither a test nor something for tests (`testing/`, `fixtures.ts`, `x.fixture.ts`). */
function isShipped(path: string): boolean {
  return !/(\.(test|test-d|config|fixture)|\/fixtures)\.ts$/.test(path) && !path.includes('/testing/');
}
