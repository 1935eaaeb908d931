import { posix } from 'node:path';
import ts from 'typescript';

/** The imports and exports of a file. */
export interface Source {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  /** As written, e.g. `@footlight/core`, `./types.js`. */
  readonly imports: readonly string[];
  /** Whether anything is left of it when the types are taken away. */
  readonly runs: boolean;
  /** The files whose values it exports again, e.g. `./bpr.js`; types left out. */
  readonly reexports: readonly string[];
  /** Whether it contains `export * from` a file; the package `footlight` exports all of others. */
  readonly exportsAll: boolean;
}

/** Reads the imports and exports of a TypeScript or JavaScript file. */
export function readSource(path: string, text: string): Source {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  return {
    path,
    imports: ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName),
    runs: !statements.every(isType),
    reexports: statements
      .filter(ts.isExportDeclaration)
      .filter((each) => !isTypeExport(each))
      .flatMap(({ moduleSpecifier }) => readSpecifier(moduleSpecifier)),
    exportsAll: statements.some(
      (each) =>
        ts.isExportDeclaration(each) &&
        each.exportClause === undefined &&
        readSpecifier(each.moduleSpecifier).some((specifier) => specifier.startsWith('.')),
    ),
  };
}

function isType(statement: ts.Statement): boolean {
  const declares = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return (
    declares || ts.isImportDeclaration(statement) || (ts.isExportDeclaration(statement) && isTypeExport(statement))
  );
}

function isTypeExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  return (
    isTypeOnly ||
    (exportClause !== undefined &&
      ts.isNamedExports(exportClause) &&
      exportClause.elements.every((each) => each.isTypeOnly))
  );
}

function readSpecifier(expression: ts.Expression | undefined): string[] {
  return expression && ts.isStringLiteral(expression) ? [expression.text] : [];
}

/** Resolves a relative import to the path of the TypeScript or JavaScript file that holds the source. */
export function resolveImport(from: string, specifier: string): string {
  const target = posix.join(posix.dirname(from), specifier);
  return /\.(ts|tsx|mts)$/.test(from) ? target.replace(/\.js$/, '.ts') : target;
}
