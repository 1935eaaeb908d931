import { toMarkdownCode, toMarkdownText } from '@footlight/core';
import type { ExperimentResult } from './result.js';

/**
 * Sentences that name the archives whose checksum is not their publisher's, in Markdown, with the experiments that used
 * them unless all did.
 *
 * @example
 * describeArchives(results) // ["These results were made from `ml-1m.zip`, whose checksum is not the publisher's."]
 */
export function describeArchives(results: readonly ExperimentResult[]): string[] {
  const users = new Map<string, string[]>();
  for (const { experiment, archives = [] } of results)
    for (const { fileName, checksum } of archives)
      if (checksum === 'other') users.set(fileName, [...(users.get(fileName) ?? []), experiment]);
  return [...users].map(([fileName, experiments]) => {
    const subject =
      experiments.length === results.length
        ? 'These results'
        : `The results of ${experiments.map(toMarkdownText).join(', ')}`;
    return `${subject} were made from ${toMarkdownCode(fileName)}, whose checksum is not the publisher's.`;
  });
}
