import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

export interface Component {
  readonly name: string;
  /** The first sentence of its doc comment. */
  readonly sentence: string;
}

/** The values that an index.ts hands on or holds, in its order, each with the first sentence of its doc comment. */
export function components(index: string): Component[] {
  const own = parse(index);
  return own.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => ({
        name: name.getText(),
        sentence: readFirstSentence(own, name.getText()),
      }));
    if (
      !ts.isExportDeclaration(statement) ||
      statement.isTypeOnly ||
      !statement.moduleSpecifier ||
      !statement.exportClause
    )
      return [];
    if (!ts.isNamedExports(statement.exportClause) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const file = resolve(index, statement.moduleSpecifier.text);
    const source = parse(file);
    return statement.exportClause.elements
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .map(({ name, propertyName }) => ({
        name: name.text,
        sentence: readFirstSentence(source, (propertyName ?? name).text),
      }));
  });
}

/** The file that a specifier names; of `#platform/x`, which is two files, the one for Node. */
function resolve(index: string, specifier: string): string {
  const path = specifier.startsWith('#platform/') ? `${specifier.slice('#platform/'.length)}.ts` : specifier;
  return join(dirname(index), path.replace(/\.js$/, '.ts'));
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
}

function readFirstSentence(source: ts.SourceFile, name: string): string {
  const documented = source.statements.find((statement) => declares(statement, name));
  const comment = documented && ts.getJSDocCommentsAndTags(documented).find(ts.isJSDoc)?.comment;
  const [paragraph = ''] = (ts.getTextOfJSDocComment(comment) ?? '').split(/\n\s*\n/);
  if (paragraph === '') throw new Error(`${source.fileName}: expected a doc comment on ${name}, received none.`);
  return paragraph.replace(/\s+/g, ' ').split(/(?<=\.) (?=[A-Z])/)[0]!;
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.some((each) => each.name.getText() === name);
  if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause))
    return statement.exportClause.elements.some((each) => each.name.text === name);
  return (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name?.text === name;
}
