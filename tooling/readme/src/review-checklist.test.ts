import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const readChecklist = (path: string): string =>
  readFileSync(join(root, path), 'utf8').split('## Review checklist\n')[1]!.trim();

it('the pull request template has the review checklist of CONTRIBUTING', () => {
  expect(readChecklist('CONTRIBUTING.md')).toMatch(/^- \[ \] /);
  expect(readChecklist('.github/pull_request_template.md')).toBe(readChecklist('CONTRIBUTING.md'));
});
