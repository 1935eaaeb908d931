import { execute } from './run-command-line.js';

// run-commands.fixture.ts folder commands: runs command lines, a JSON list of lists of words, in one process.
const [cwd, commands] = process.argv.slice(2);
const ended: unknown[] = [];
for (const args of JSON.parse(commands!) as string[][]) {
  const texts: string[] = [];
  const output = { write: (text: string) => texts.push(text) };
  ended.push([
    await execute(args, { cwd: cwd!, signal: new AbortController().signal, out: output, err: output }),
    texts.join(''),
  ]);
}
process.stdout.write(JSON.stringify(ended));
