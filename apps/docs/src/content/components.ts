import { readFileSync } from 'node:fs';
import { componentsFile } from '../api/files.js';
import { markdownTable } from './markdown-table.js';

/** An exported function or value of a package, as the API reference has it. */
export interface ApiComponent {
  /** What it is imported from. */
  readonly module: string;
  readonly name: string;
  /** Of its page. */
  readonly link: string;
  /** The first sentence of its doc comment. */
  readonly sentence: string;
}

/** Names with the first sentences of their doc comments, each a link into the reference. */
export function componentTable(names: readonly string[]): string {
  const components = JSON.parse(readFileSync(componentsFile, 'utf8')) as ApiComponent[];
  const rows = names.map((name) => {
    const found = components.find((component) => component.name === name);
    if (!found) throw new Error(`docs: expected the name of an exported function, received ${name}.`);
    return [`[\`${name}\`](${found.link})`, found.sentence];
  });
  return markdownTable(['component', 'what it is'], rows, ['left', 'left']);
}
