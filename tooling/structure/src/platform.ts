const PLATFORM = '#platform/';

/** The two files that `#platform/x` stands for. `undefined` for other imports. */
export function resolvePlatform(
  folder: string,
  specifier: string,
): { readonly node: string; readonly browser: string } | undefined {
  if (!specifier.startsWith(PLATFORM)) return undefined;
  const path = `${folder}/src/${specifier.slice(PLATFORM.length)}`;
  return { node: `${path}.ts`, browser: `${path}.browser.ts` };
}
