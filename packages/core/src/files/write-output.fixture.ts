import { writeFileAtomically } from './write-file-atomically.js';

// Writes to paths, then prints to the output.
for (const path of process.argv.slice(2)) await writeFileAtomically(path, 'written\n');
process.stdout.write('and printed\n');
