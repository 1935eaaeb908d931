import ts from 'typescript';
import type { TextFile } from './text-files.js';

/** Functions of `node:fs` that write bytes; renaming and deleting is done by others too. */
const writing = /^(appendFile|copyFile|cp|open|truncate|write|writeFile|writev)(Sync)?$|^createWriteStream$/;

/** Files that may, and why; a path that ends in a slash is a folder. */
const exceptions: Readonly<Record<string, string>> = {
  'packages/core/src/files/': 'the writer itself',
  'packages/core/src/lock-file/acquire-lock.ts': 'a lock appears by a hard link, which replaces no earlier file',
  'packages/studies/src/log/log-file.ts': 'appends to a log that Optuna may append to, under its lock',
  'packages/datasets/src/readers/check-download.ts': 'opens files to read them',
  'packages/datasets/src/readers/parallel-read.ts': 'opens files to read them',
  'packages/datasets/src/readers/disk.ts': 'opens files to read them',
  'apps/benchmarks/performance/engine/write-numbers.ts': 'temporary files of one measurement',
  'apps/benchmarks/performance/reading/': 'generated data of a measurement, which are written again if incomplete',
  'apps/docs/src/api/generate-api.ts': 'generated pages, which are written by every build',
};

/**
 * Names files of packages and apps that write files by themselves. Footlight's files are written by
 * `@footlight/core/files`, so that a full disk or a kill leaves the earlier file or the new one.
 */
export function findOtherWriters({ path, text }: TextFile): string[] {
  if (!/^(packages\/[^/]+\/src|apps)\/.*\.(ts|tsx|js|mjs)$/.test(path) || isTest(path) || isExempt(path)) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  const names = source.statements.filter(ts.isImportDeclaration).flatMap(listFileFunctions).filter(isForbidden);
  const messages: string[] = [];
  if (names.length > 0)
    messages.push(
      `${path}: expected files to be written by @footlight/core/files, received ${names.join(', ')} of node:fs. ` +
        'Use writeFileAtomically or openFileWriter.',
    );
  if (createsFolders(source))
    messages.push(
      `${path}: expected folders to be created by createFolder of @footlight/core/files, received mkdir with ` +
        'recursive, which never ends in /proc.',
    );
  return messages;
}

/** Whether a piece of a program calls `mkdir` or `mkdirSync` with the option `recursive`. */
function createsFolders(node: ts.Node): boolean {
  if (ts.isCallExpression(node) && /^mkdir(Sync)?$/.test(getFunctionName(node.expression)))
    if (node.arguments.some(hasRecursive)) return true;
  return ts.forEachChild(node, (child) => createsFolders(child) || undefined) ?? false;
}

function getFunctionName(called: ts.Expression): string {
  if (ts.isPropertyAccessExpression(called)) return called.name.text;
  return ts.isIdentifier(called) ? called.text : '';
}

function hasRecursive(argument: ts.Expression): boolean {
  if (!ts.isObjectLiteralExpression(argument)) return false;
  return argument.properties.some(({ name }) => name && ts.isIdentifier(name) && name.text === 'recursive');
}

const isTest = (path: string): boolean => /\.(test|test-d|fixture)\.\w+$|(^|\/)(fixtures?|test|testing)[./]/.test(path);

function isExempt(path: string): boolean {
  return Object.keys(exceptions).some((each) => (each.endsWith('/') ? path.startsWith(each) : path === each));
}

/** What is imported of `node:fs`; `*` for all of it. */
function listFileFunctions({ moduleSpecifier, importClause }: ts.ImportDeclaration): string[] {
  if (!ts.isStringLiteral(moduleSpecifier) || !/^(node:)?fs(\/promises)?$/.test(moduleSpecifier.text)) return [];
  if (!importClause || importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const { name, namedBindings } = importClause;
  if (name || (namedBindings && ts.isNamespaceImport(namedBindings))) return ['*'];
  return (namedBindings as ts.NamedImports).elements
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map((each) => (each.propertyName ?? each.name).text);
}

const isForbidden = (name: string): boolean => name === '*' || writing.test(name);
