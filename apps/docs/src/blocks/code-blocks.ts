import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from '../paths.js';

/** A fenced block of a page. */
export interface CodeBlock {
  /** Of the page, below `pages`. */
  readonly page: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
  /** `ts`, `sh`, …; empty if the fence names none. */
  readonly language: string;
  readonly text: string;
}

/** A file that a page shows with `<<<`. */
export interface Snippet {
  readonly page: string;
  readonly line: number;
  /** Absolute path. */
  readonly file: string;
  readonly region?: string;
}

/** The pages that people wrote, without the generated reference. */
export function writtenPages(): string[] {
  return readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !file.startsWith('api'))
    .sort();
}

/** Every fenced block of a page. */
export function readCodeBlocks(page: string, text: string = readFileSync(join(pages, page), 'utf8')): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { language: string; line: number; lines: string[]; fence: string } | undefined;
  for (const [at, line] of text.split('\n').entries()) {
    const fence = /^\s*(`{3,})([\w-]*)/.exec(line);
    if (open && fence?.[1] === open.fence && fence[2] === '') {
      blocks.push({ page, line: open.line, language: open.language, text: open.lines.join('\n') });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (fence) open = { language: fence[2]!, line: at + 2, lines: [], fence: fence[1]! };
  }
  if (open) throw new Error(`${page}:${open.line}: expected an end of the code block, received none.`);
  return blocks;
}

const embedded = /^<<< @\/([^\s{#]+)(?:#([\w-]+))?/;

/** Every file that a page shows. */
export function readSnippets(page: string, text: string = readFileSync(join(pages, page), 'utf8')): Snippet[] {
  return text.split('\n').flatMap((line, at) => {
    const [, path, region] = embedded.exec(line) ?? [];
    if (path === undefined) return [];
    return [{ page, line: at + 1, file: join(pages, path), ...(region === undefined ? {} : { region }) }];
  });
}
