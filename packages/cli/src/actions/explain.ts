import type { ComponentEntry, Kind } from '../components/component.js';
import { components } from '../components/components.js';
import { describeOptions } from '../components/describe-component.js';
import type { Context } from '../context.js';
import { printJson } from '../terminal/print.js';

/** `footlight models`, `footlight losses`, …: components with their options. */
export async function explain(
  kind: Kind,
  name: string | undefined,
  { command, json }: { readonly command: string; readonly json?: true },
  { out }: Context,
): Promise<void> {
  const entries = name === undefined ? components[kind] : [await findByName(kind, name, command)];
  if (json) return printJson(out, entries);
  const width = Math.min(out.columns ?? 100, 120);
  out.write(`${entries.map((entry) => formatEntry(entry, width)).join('\n\n')}\n`);
}

/** An unknown name is reported by what runs experiments too, which is loaded for that alone. */
async function findByName(kind: Kind, name: string, command: string): Promise<ComponentEntry> {
  const found = components[kind].find((entry) => entry.name === name);
  if (found) return found;
  const { findComponent } = await import('../components/create-component.js');
  return findComponent(kind, name, `footlight ${command}`);
}

function formatEntry(entry: ComponentEntry, width: number): string {
  const options = describeOptions(entry, width - 4).map((line) => `    ${line.replaceAll('\n', '\n    ')}`);
  const notes = [
    ...('kind' in entry ? [String(entry.kind)] : []),
    ...(entry.needs === 'ratings' ? ['needs --rating'] : entry.needs === 'times' ? ['needs --time'] : []),
  ];
  return [`${entry.name}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`, `  ${entry.summary}`, ...options].join(
    '\n',
  );
}
