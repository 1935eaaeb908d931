import { browserPackages } from './browser-packages.js';
import { resolvePlatform } from './platform.js';
import { resolveImport, type Source } from './source.js';
import type { Workspace } from './workspace-rules.js';

/** Finds imports of Node's modules in files that a browser takes: those that the entry of a package reaches. */
export function findBrowserViolations({ folder, sources }: Workspace): string[] {
  if (!folder.startsWith('packages/') || !browserPackages.includes(folder.slice('packages/'.length))) return [];
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const listTargets = ({ path, imports }: Source): (string | undefined)[] =>
    imports.map((specifier) =>
      specifier.startsWith('.') ? resolveImport(path, specifier) : resolvePlatform(folder, specifier)?.browser,
    );
  const reached = new Set([`${folder}/src/index.ts`]);
  for (const path of reached) {
    const source = byPath.get(path);
    for (const target of source ? listTargets(source) : [])
      if (target !== undefined && byPath.has(target)) reached.add(target);
  }
  return [...reached].flatMap((path) =>
    (byPath.get(path)?.imports ?? [])
      .filter((specifier) => specifier.startsWith('node:') || /^@footlight\/core\/(files|lock-file)$/.test(specifier))
      .map(
        (specifier) =>
          `${path}: expected no import of Node in a file that browsers run, received ${specifier}. ` +
          'Move it to a file x.ts with an x.browser.ts beside it, and import #platform/x.',
      ),
  );
}
