import { resolveImport, type Source } from './source.js';

/** Names the import cycles among the files of a package: one per group of files that import each other. Types count. */
export function findImportCycles(sources: readonly Source[]): string[] {
  const paths = new Set(sources.map(({ path }) => path));
  const imports = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolveImport(path, specifier))
        .filter((target) => paths.has(target)),
    ]),
  );
  const reported = new Set<string>();
  return [...paths].flatMap((path) => {
    if (reported.has(path)) return [];
    const cycle = findPath(imports, path, path);
    if (!cycle) return [];
    for (const each of paths) if (findPath(imports, path, each) && findPath(imports, each, path)) reported.add(each);
    const steps = cycle.map((each) => each.slice(each.lastIndexOf('/') + 1)).join(' → ');
    return [`${path}: expected no import cycle, received ${steps}. Move what both need into a file of its own.`];
  });
}

/** The shortest chain of imports from one file to another, with both ends; at least one import long. */
function findPath(imports: ReadonlyMap<string, readonly string[]>, from: string, to: string): string[] | undefined {
  const before = new Map<string, string>();
  const open = [from];
  for (const path of open)
    for (const next of imports.get(path) ?? [])
      if (!before.has(next)) {
        before.set(next, path);
        open.push(next);
      }
  if (!before.has(to)) return undefined;
  const chain = [to];
  for (let path = before.get(to)!; path !== from; path = before.get(path)!) chain.unshift(path);
  return [from, ...chain];
}
