import { execute } from './run-command-line.js';

// Runs several commands, given as JSON, one after the other, in a process of its own: `[args, …]` → `[stdout, …]`.

const outputs: string[] = [];
for (const args of JSON.parse(process.argv[2]!) as string[][]) {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const { signal } = new AbortController();
  await execute(args, { cwd: process.cwd(), signal, out: { write }, err: { write } });
  outputs.push(text);
}
process.stdout.write(JSON.stringify(outputs));
