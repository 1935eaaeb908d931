import { join } from 'node:path';
import ts from 'typescript';
import { app, root } from '../paths.js';

/** A TypeScript program of these files that reads the packages' sources, as type checks do. */
export function createSourceProgram(files: readonly string[]): ts.Program {
  const options = sourceOptions();
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  host.readFile = (path) => {
    const text = readFile(path);
    return text === undefined || path.includes('/node_modules/') ? text : keepBraces(text);
  };
  return ts.createProgram({ rootNames: [...files], options, host });
}

/** The compiler options of the repository. */
export function sourceOptions(): ts.CompilerOptions {
  const path = join(root, 'tsconfig.base.json');
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root, {}, path);
  return { ...options, typeRoots: [join(app, 'node_modules/@types')] }; // the root of the repository has none
}

const docComment = /\/\*\*[\s\S]*?\*\//g;

/** TypeDoc reads `\{` as an escaped brace and drops the backslash, which the set braces of equations need. */
export function keepBraces(text: string): string {
  return text.replace(docComment, (comment) => comment.replaceAll('\\{', '\\lbrace ').replaceAll('\\}', '\\rbrace '));
}
