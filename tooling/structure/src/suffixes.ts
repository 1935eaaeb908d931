import ts from 'typescript';
import type { TextFile } from './text-files.js';

const suffix = /[a-z\d]_?[oO]f$/;

/** Names functions, and variables that are looked up like functions, whose name ends in `Of`. */
export function findForbiddenSuffixes({ path, text }: TextFile): string[] {
  if (path.endsWith('.md')) return [];
  const found = path.endsWith('.py') ? readPythonFunctions(text) : readFunctions(path, text);
  return found
    .filter(([name]) => suffix.test(name))
    .map(([name, line]) => `${path}:${line}: expected a name that begins with a verb, received \`${name}\`.`);
}

function readPythonFunctions(text: string): [name: string, line: number][] {
  return text.split('\n').flatMap((line, at): [string, number][] => {
    const name = /^\s*(?:def\s+(\w+)|(\w+)\s*=\s*lambda\b)/.exec(line);
    return name ? [[(name[1] ?? name[2])!, at + 1]] : [];
  });
}

function readFunctions(path: string, text: string): [name: string, line: number][] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found: [string, number][] = [];
  const visit = (node: ts.Node): void => {
    const name = readFunctionName(node);
    if (name) found.push([name.text, file.getLineAndCharacterOfPosition(name.getStart(file)).line + 1]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function readFunctionName(node: ts.Node): ts.Identifier | undefined {
  const named = node as ts.NamedDeclaration;
  if (!named.name || !ts.isIdentifier(named.name)) return undefined;
  if (ts.isFunctionLike(node) || ts.isVariableDeclaration(node)) return named.name;
  if (ts.isPropertySignature(node) || ts.isParameter(node) || ts.isPropertyDeclaration(node))
    return holdsFunction(node) ? named.name : undefined;
  return ts.isPropertyAssignment(node) && isFunction(node.initializer) ? named.name : undefined;
}

function holdsFunction({ type, initializer }: { type?: ts.TypeNode; initializer?: ts.Node }): boolean {
  return (type !== undefined && ts.isFunctionTypeNode(type)) || isFunction(initializer);
}

function isFunction(node: ts.Node | undefined): boolean {
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
}
