import type { StoredResult } from './result.js';

/**
 * Formats the commands that measured results, and when: a line per command, whose experiments are named once.
 *
 * @example
 * formatCommands(results) // - `footlight run a b --seeds 5 --backend native`, 2026-11-29
 */
export function formatCommands(results: readonly Pick<StoredResult, 'experiment' | 'command' | 'date'>[]): string {
  const commands = new Map<string, { readonly names: string[]; readonly dates: string[] }>();
  for (const { experiment, command, date } of results) {
    const template = command.replace(new RegExp(`(^| )${escapeText(experiment)}(?= |$)`), '$1\u0000');
    const alike = commands.get(template) ?? { names: [], dates: [] };
    alike.names.push(experiment);
    alike.dates.push(date.slice(0, 10));
    commands.set(template, alike);
  }
  return [...commands]
    .map(([template, { names, dates }]) => {
      const [first, last] = [dates.sort()[0], dates.at(-1)];
      return `- \`${template.replace('\u0000', names.join(' '))}\`, ${first === last ? first : `${first} to ${last}`}`;
    })
    .join('\n');
}

const escapeText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
