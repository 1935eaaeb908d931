import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDrawing } from './drawing.js';
import { findViolations } from './find-violations.js';
import { readTextFiles } from './text-files.js';
import { readVocabulary } from './vocabulary.js';

// run.ts [folder or file …]: checks the whole repository, or only the folders and files that are named.
const root = fileURLToPath(new URL('../../..', import.meta.url));
const paths = process.argv.slice(2).map((path) => relative(root, resolve(path)).replaceAll(sep, '/'));
const drawing = parseDrawing(readFileSync(new URL('../drawing.txt', import.meta.url), 'utf8'));
const violations = findViolations(root, readTextFiles(root), { drawing, vocabulary: readVocabulary(), paths });
let count = 0;
for (const [rule, messages] of Object.entries(violations)) {
  if (messages.length === 0) continue;
  console.error(`${rule}: ${messages.length}`);
  for (const message of messages) console.error(`  ${message}`);
  count += messages.length;
}
if (count > 0) {
  console.error(`${count} violations. tooling/structure/README.md explains the rules and how to allow an exception.`);
  process.exitCode = 1;
}
