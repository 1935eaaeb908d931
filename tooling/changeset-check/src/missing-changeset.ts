/**
 * Checks that a change of the source of a package comes with a changeset.
 *
 * @param changed paths that differ from the base branch
 * @returns the message for its author, or nothing if all is well
 */
export function missingChangeset(changed: readonly string[]): string | undefined {
  const touched = new Set(
    changed
      .map((path) => /^packages\/([^/]+)\/src\/.*(?<!\.test|\.test-d|\.fixture)\.ts$/.exec(path)?.[1])
      .filter((name) => name !== undefined),
  );
  if (touched.size === 0 || changed.some((path) => /^\.changeset\/(?!README).+\.md$/.test(path))) return undefined;
  return (
    `changeset: expected a file in .changeset/ that tells users what changed in ${[...touched].sort().join(', ')}, ` +
    'received none. Write one with `pnpm changeset`.'
  );
}
