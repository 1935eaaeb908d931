import { execFileSync } from 'node:child_process';
import { missingChangeset } from './missing-changeset.js';

const [base = 'origin/main'] = process.argv.slice(2);
const changed = execFileSync('git', ['diff', '--name-only', '--diff-filter=d', `${base}...HEAD`], { encoding: 'utf8' });
const problem = missingChangeset(changed.split('\n'));
if (problem) console.error(problem);
process.exitCode = problem ? 1 : 0;
