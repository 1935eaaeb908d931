import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const link = /\]\(([^()\s]+)\)/g;

/** @returns a sentence for each link of this Markdown file that leads to no file or heading of the repository */
export function brokenLinks(root: string, file: string): string[] {
  return [...withoutCode(readFileSync(file, 'utf8')).matchAll(link)]
    .map((match) => match[1]!)
    .filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(file, target))
    .map((target) => `${relative(root, file)}: expected a link to something that exists, received ${target}.`);
}

function leadsSomewhere(file: string, target: string): boolean {
  const [path = '', heading] = target.split('#');
  const found = path === '' ? file : join(dirname(file), decodeURIComponent(path));
  if (!existsSync(found)) return false;
  return (
    heading === undefined || statSync(found).isDirectory() || headings(readFileSync(found, 'utf8')).includes(heading)
  );
}

/** As GitHub names them. */
function headings(text: string): string[] {
  return [...withoutCode(text, /^```[\s\S]*?^```/gm).matchAll(/^#+ (.+)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(text: string, code = /^```[\s\S]*?^```|`[^`\n]*`/gm): string {
  return text.replace(code, '');
}
