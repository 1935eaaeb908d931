import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { root } from '../paths.js';
import type { CodeBlock } from './code-blocks.js';

/** Words that stand before `footlight` where it is not on the path. */
const launcher = /^(?:npx )?(?:pnpm )?footlight(?= |$)/;
const script = /^npm (?:run ([\w:-]+)|(start|test)\b)/;

/**
 * Checks every command of shell blocks: `footlight …` against the program, `npm run …` against the scripts of the
 * repository.
 *
 * @returns a sentence per mistake
 */
export function checkCommands(blocks: readonly CodeBlock[], createProgram: () => Command): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return blocks.flatMap((block) =>
    commandsIn(block).flatMap(({ words, line }) => {
      const problem = checkFootlight(words, createProgram) ?? checkExperiments(words) ?? checkScript(words, scripts);
      return problem === undefined ? [] : [`${block.page}:${line}: ${problem}`];
    }),
  );
}

/** The commands of a block, without comments; a backslash at the end of a line continues it. */
export function commandsIn({
  text,
  line,
}: Pick<CodeBlock, 'text' | 'line'>): { readonly words: string; readonly line: number }[] {
  const commands: { words: string; line: number }[] = [];
  let open = '';
  for (const [at, each] of text.split('\n').entries()) {
    // Without comments, and without what reads the output or takes it.
    const words = `${open}${each
      .replace(/(^|\s)#.*$/, '')
      .replace(/\s[|>]\s.*$/, '')
      .trim()}`;
    open = words.endsWith('\\') ? words.slice(0, -1) : '';
    if (open === '' && words !== '') commands.push({ words, line: line + at });
  }
  return commands;
}

function checkFootlight(words: string, createProgram: () => Command): string | undefined {
  const launched = launcher.exec(words);
  if (!launched) return undefined;
  const program = createProgram();
  disarm(program);
  try {
    program.parse(splitWords(words.slice(launched[0].length)), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (!['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(error.code))
      return `${words}: ${error.message}`;
  }
  return undefined;
}

/** Parses, but runs nothing. */
function disarm(command: Command): void {
  command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  if (command.commands.length === 0) command.action(() => {});
  for (const each of command.commands) disarm(each);
}

/** Experiments, and searches after `study`, have names such as `talk/factorization-bpr` in the repository. */
function checkExperiments(words: string): string | undefined {
  if (!launcher.test(words)) return undefined;
  const all = splitWords(words);
  const names = all.filter((word) => /^[a-z\d][\w-]*\/[\w-]+$/.test(word));
  const folder = all.includes('study') ? 'searches' : 'experiments';
  const unknown = names.find((name) => !existsSync(join(root, 'apps/benchmarks', folder, `${name}.ts`)));
  return unknown === undefined ? undefined : `${words}: expected a name in ${folder}, received ${unknown}.`;
}

function checkScript(words: string, scripts: Readonly<Record<string, string>>): string | undefined {
  const [, run, short] = script.exec(words) ?? [];
  const name = run ?? short;
  return name === undefined || name in scripts
    ? undefined
    : `${words}: expected a script of package.json, received ${name}.`;
}

/** As a shell splits: quotes keep words together. */
export function splitWords(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain!,
  );
}
