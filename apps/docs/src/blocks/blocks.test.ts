import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../content/program.js';
import { root } from '../paths.js';
import { checkCommands, commandsIn, splitWords } from './check-commands.js';
import { checkTypes, typedLanguages } from './check-types.js';
import { type CodeBlock, readCodeBlocks, readSnippets, writtenPages } from './code-blocks.js';

const { createProgram } = await readCommandLine();
const block = (language: string, text: string): CodeBlock => ({ page: 'page.md', line: 3, language, text });

describe('readCodeBlocks', () => {
  it('has the language, the first line and the text of each block', () => {
    expect(readCodeBlocks('page.md', 'Text\n\n```ts\nlet a = 1;\n```\n\n````md\n```sh\nls\n```\n````\n')).toEqual([
      { page: 'page.md', line: 4, language: 'ts', text: 'let a = 1;' },
      { page: 'page.md', line: 8, language: 'md', text: '```sh\nls\n```' },
    ]);
  });

  it('refuses a block without an end', () => {
    expect(() => readCodeBlocks('page.md', '```ts\nlet a;')).toThrowErrorMatchingInlineSnapshot(
      `[Error: page.md:2: expected an end of the code block, received none.]`,
    );
  });
});

describe('checkCommands', () => {
  const check = (text: string): string[] => checkCommands([block('sh', text)], createProgram);

  it('accepts what the program and package.json know', () => {
    expect(check('npx footlight run talk/factorization-bpr --seeds 5 # five runs\nnpm test\ncd examples')).toEqual([]);
    expect(check('npx footlight study run talk/ials --resume')).toEqual([]);
    expect(check('footlight run --table ratings.csv \\\n  --user userId --item movieId')).toEqual([]);
  });

  it('names options, commands and scripts that do not exist', () => {
    expect(
      check(
        'footlight run --seed-count 5\nfootlight fly\nfootlight run talk/sing\nnpm run dance\n' +
          'footlight study run talk/popularity',
      ),
    ).toMatchInlineSnapshot(`
      [
        "page.md:3: footlight run --seed-count 5: error: unknown option '--seed-count'",
        "page.md:4: footlight fly: error: unknown command 'fly'",
        "page.md:5: footlight run talk/sing: expected a name in experiments, received talk/sing.",
        "page.md:6: npm run dance: expected a script of package.json, received dance.",
        "page.md:7: footlight study run talk/popularity: expected a name in searches, received talk/popularity.",
      ]
    `);
  });
});

describe('commandsIn', () => {
  it('joins continued lines and drops comments', () => {
    expect(commandsIn(block('sh', '# first\na \\\n  b # c\nd'))).toEqual([
      { words: 'a b', line: 5 },
      { words: 'd', line: 6 },
    ]);
  });
});

describe('splitWords', () => {
  it('keeps quoted words together', () => expect(splitWords(`a "b c" 'd e'`)).toEqual(['a', 'b c', 'd e']));
});

describe('the pages', () => {
  const pages = writtenPages();
  const blocks = pages.flatMap((page) => readCodeBlocks(page));
  const snippets = pages.flatMap((page) => readSnippets(page));

  it('have blocks and snippets to check', () => {
    expect(blocks.length).toBeGreaterThan(15);
    expect(snippets.length).toBeGreaterThan(10);
  });

  it('name the language of every block, and it is one that is checked or that needs no check', () => {
    const known = [...typedLanguages, 'sh', 'text', 'python', 'md', 'json', 'csv', 'sql'];
    expect(
      blocks.filter(({ language }) => !known.includes(language)).map(({ page, line }) => `${page}:${line}`),
    ).toEqual([]);
  });

  it('have TypeScript that compiles in strict mode, and a mistake would be found', () => {
    const typed = blocks.filter(({ language }) => typedLanguages.includes(language));
    const wrong = block('ts', "import { bprLoss } from 'footlight';\nexport const loss: number = bprLoss();");
    expect(typed.length).toBeGreaterThan(1);
    expect(checkTypes([...typed, wrong])).toEqual([
      expect.stringMatching(/^page\.md:4: Type 'RankingLoss' is not assignable to type 'number'/),
    ]);
  });

  it('have commands that exist', () => {
    expect(
      checkCommands(
        blocks.filter(({ language }) => language === 'sh'),
        createProgram,
      ),
    ).toEqual([]);
  });

  it('show files that exist, with the regions that they name', () => {
    const missing = snippets.filter(
      ({ file, region }) =>
        !existsSync(file) || (region !== undefined && !readFileSync(file, 'utf8').includes(`#region ${region}\n`)),
    );
    expect(missing).toEqual([]);
  });

  it('show no example without a stored output, which `npm run examples` compares', () => {
    // A search runs nothing by itself; `search.ts` runs the one of the examples.
    const runs = (file: string) => dirname(file) === join(root, 'examples') && !file.endsWith('.search.ts');
    const examples = snippets.filter(({ file }) => runs(file));
    const output = (file: string) =>
      join(root, 'examples/output', `${file.split('/').at(-1)!.replace(/\.ts$/, '')}.txt`);
    expect(examples.length).toBeGreaterThan(5);
    expect(examples.filter(({ file }) => !existsSync(output(file)))).toEqual([]);
  });
});
