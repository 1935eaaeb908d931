import { join } from 'node:path';
import ts from 'typescript';
import { sourceOptions } from '../api/program.js';
import { root } from '../paths.js';
import type { CodeBlock } from './code-blocks.js';

/** Languages whose blocks are programs. */
export const typedLanguages: readonly string[] = ['ts', 'typescript', 'js', 'javascript'];

/**
 * Type-checks blocks in strict mode against the sources of the packages, each as a file of its own beside the examples.
 *
 * @returns a sentence per mistake, with the line in the page
 */
export function checkTypes(blocks: readonly CodeBlock[]): string[] {
  const byFile = new Map(blocks.map((block, at) => [join(root, 'examples', `block-${at}.ts`), block]));
  const options = sourceOptions();
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.fileExists = (path) => byFile.has(path) || fileExists(path);
  host.readFile = (path) => (byFile.has(path) ? toModule(byFile.get(path)!.text) : readFile(path));
  const program = ts.createProgram({ rootNames: [...byFile.keys()], options, host });
  return [...byFile].flatMap(([path, block]) => {
    const file = program.getSourceFile(path)!;
    const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return diagnostics.map(({ start = 0, messageText }) => {
      const line = block.line + file.getLineAndCharacterOfPosition(start).line;
      return `${block.page}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}

// Without imports a block would be a script, and share its names; the line goes last, so that lines keep their numbers.
const toModule = (text: string): string => `${text}\nexport {};\n`;
