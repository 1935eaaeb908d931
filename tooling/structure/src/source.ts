import ts from 'typescript';

/** What the rules want to know of one file. */
export interface Source {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  /** As written, e.g. `@footlight/core`, `./types.js`. */
  readonly imports: readonly string[];
  /** Whether anything is left of it when the types are taken away. */
  readonly runs: boolean;
  /** What it hands on from other files, e.g. `./bpr.js`; types left out. */
  readonly reexports: readonly string[];
  /** Whether it says `export * from`. */
  readonly exportsAll: boolean;
}

export function readSource(path: string, text: string): Source {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  return {
    path,
    imports: ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName),
    runs: !statements.every(isType),
    reexports: statements
      .filter(ts.isExportDeclaration)
      .filter((each) => !isTypeExport(each))
      .flatMap(({ moduleSpecifier }) => specifierOf(moduleSpecifier)),
    exportsAll: statements.some(
      (each) => ts.isExportDeclaration(each) && each.moduleSpecifier !== undefined && each.exportClause === undefined,
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

function specifierOf(expression: ts.Expression | undefined): string[] {
  return expression && ts.isStringLiteral(expression) ? [expression.text] : [];
}
