import ts from 'typescript';
import type { TextFile } from './text-files.js';

const maximumLines = 200;
const maximumColumns = 120;

/** Names a file of more than 200 lines without a reason in its first line, and lines of more than 120 columns. */
export function findLongFilesAndLines(file: TextFile): string[] {
  return file.path.endsWith('.md') ? [] : [...findLongFile(file), ...findLongLines(file)];
}

function findLongFile({ path, text }: TextFile): string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const [first, second] = lines;
  const opening = first!.startsWith('#!') ? second : first;
  if (lines.length <= maximumLines || /^(\/\/|#) structure: \S+ \S+/.test(opening ?? '')) return [];
  const comment = path.endsWith('.py') ? '# structure: ' : '// structure: ';
  return [
    `${path}: expected at most ${maximumLines} lines, received ${lines.length}. ` +
      `Split it by concern, or begin it with \`${comment}\` and the reason why it is longer.`,
  ];
}

function findLongLines({ path, text }: TextFile): string[] {
  const snapshots = readSnapshotLines(path, text);
  return text.split('\n').flatMap((line, at) => {
    const columns = [...line].length;
    if (columns <= maximumColumns || isUnbreakable(line) || snapshots.has(at)) return [];
    return [`${path}:${at + 1}: expected at most ${maximumColumns} columns, received ${columns}. Break the line.`];
  });
}

/** An equation, or an address which by itself leaves no more than 60 columns for other text. */
function isUnbreakable(line: string): boolean {
  return line.includes('$$') || [...line.replace(/https?:\/\/\S+/g, '')].length <= maximumColumns / 2;
}

/** Lines of inline snapshots: vitest writes them. */
function readSnapshotLines(path: string, text: string): Set<number> {
  const lines = new Set<number>();
  if (!/\.test\.(ts|tsx|js|mjs)$/.test(path) || !text.includes('InlineSnapshot')) return lines;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /InlineSnapshot$/.test(node.expression.getText(file)))
      for (const argument of node.arguments.filter(ts.isNoSubstitutionTemplateLiteral)) {
        const end = file.getLineAndCharacterOfPosition(argument.end).line;
        for (let at = file.getLineAndCharacterOfPosition(argument.getStart(file)).line; at <= end; at++) lines.add(at);
      }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines;
}
