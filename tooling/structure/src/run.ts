import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDrawing } from './drawing.js';
import { complaints } from './rules.js';
import { readWorkspaces } from './workspaces.js';

const drawing = parseDrawing(readFileSync(new URL('../drawing.txt', import.meta.url), 'utf8'));
const found = readWorkspaces(fileURLToPath(new URL('../../..', import.meta.url))).flatMap((workspace) =>
  complaints(drawing, workspace),
);
for (const complaint of found) console.error(complaint);
process.exitCode = found.length > 0 ? 1 : 0;
