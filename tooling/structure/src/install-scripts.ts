/** Scripts that package managers run when they install a package, or the repository itself. */
const forbidden = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];

/**
 * Names what would run when a package is installed. npm and pnpm do not run scripts of dependencies without being asked
 * to, so that users would lack what those create. A `.gyp` file beside a package.json counts as a script: npm adds one
 * that compiles it when it publishes the package.
 *
 * @param path the package.json, from the root of the repository
 * @param files the files beside it
 */
export function findInstallScripts(
  path: string,
  { scripts = {} }: { readonly scripts?: Readonly<Record<string, string>> },
  files: readonly string[],
): string[] {
  return [
    ...forbidden
      .filter((name) => name in scripts)
      .map((name) => `${path}: expected no script that runs at installation, received ${name}. Run it on command.`),
    ...files
      .filter((name) => name.endsWith('.gyp'))
      .map((name) => `${path}: expected no .gyp file beside it, which npm compiles, received ${name}. Rename it.`),
  ];
}
