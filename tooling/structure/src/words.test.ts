import { describe, expect, it } from 'vitest';
import { readVocabulary, type Vocabulary } from './vocabulary.js';
import { findForbiddenWords } from './words.js';

const vocabulary: Vocabulary = {
  words: [{ old: 'judge', use: 'evaluate' }],
  names: [
    { old: 'byCoin', use: 'bernoulliUsers' },
    { old: 'compact', use: 'reindex', under: 'packages/' },
    { old: 'in-pieces', use: 'in-chunks' },
  ],
  spelling: { neighbour: 'neighbor', 'optimis(?!t)': 'optimiz' },
  phrases: { somebody: 'the user', 'way back': 'backward pass' },
  exceptions: [
    { path: 'packages/a/src/title.ts', word: 'somebody', reason: 'The title of a film.' },
    { path: 'apps/all/', word: '*', reason: 'This folder is about words.' },
  ],
};
const find = (path: string, text: string): string[] => findForbiddenWords(vocabulary, { path, text });

describe('findForbiddenWords', () => {
  it('reports words and names in identifiers, each identifier once', () => {
    expect(
      find('packages/a/src/a.ts', 'judgeEpoch();\njudgeEpoch(JUDGE_ALL, compact, byCoin);'),
    ).toMatchInlineSnapshot(`
      [
        "packages/a/src/a.ts:1: expected evaluate, received \`judgeEpoch\`.",
        "packages/a/src/a.ts:2: expected evaluate, received \`JUDGE_ALL\`.",
        "packages/a/src/a.ts:2: expected \`reindex\`, received \`compact\`.",
        "packages/a/src/a.ts:2: expected \`bernoulliUsers\`, received \`byCoin\`.",
      ]
    `);
  });

  it('applies a name with a folder only there, and a word only to whole words', () => {
    expect(find('apps/b/a.ts', 'compact(judgement);')).toEqual([]);
  });

  it('reports British spelling in identifiers only', () => {
    expect(find('a.py', 'neighbourCount = 1 # of neighbours')).toHaveLength(1);
    expect(find('a.py', 'optimistic = optimise')).toMatchInlineSnapshot(`
      [
        "a.py:1: expected the American spelling \`optimiz…\`, received \`optimise\`.",
      ]
    `);
  });

  it('reports phrases in comments, strings and Markdown, also across lines', () => {
    expect(find('a.ts', "/**\n * On the way\n * back. */\nconst a = 'Somebody';")).toMatchInlineSnapshot(`
      [
        "a.ts:2: expected backward pass, received "way\\n * back".",
        "a.ts:4: expected the user, received "Somebody".",
      ]
    `);
    expect(find('a.md', 'One\n\nfor somebody, `somebodyElse`')).toHaveLength(1);
  });

  it('reports names of files, and in prose the names that are no words', () => {
    expect(find('packages/a/src/in-pieces.test.ts', "import './in-pieces.js'; // compact")).toMatchInlineSnapshot(`
      [
        "packages/a/src/in-pieces.test.ts:1: expected \`in-chunks\`, received "in-pieces".",
        "packages/a/src/in-pieces.test.ts:1: expected \`in-chunks\`, received the file name \`in-pieces\`.",
      ]
    `);
  });

  it('allows exceptions', () => {
    expect(find('packages/a/src/title.ts', '// somebody\njudge();')).toHaveLength(1);
    expect(find('apps/all/a.ts', '// somebody')).toEqual([]);
    expect(find('apps/all.ts', '// somebody')).toHaveLength(1);
  });
});

describe('readVocabulary', () => {
  it('forbids what it says, and every exception has a reason', () => {
    const { words, names, phrases, exceptions } = readVocabulary();
    for (const { old, under = '' } of [...words, ...names].filter(({ old }) => !old.includes('-')))
      if (!exceptions.some(({ path, word }) => path === under && word === old))
        expect(findForbiddenWords(readVocabulary(), { path: `${under}x.ts`, text: `${old};` })).not.toEqual([]);
    for (const phrase of Object.keys(phrases))
      expect(findForbiddenWords(readVocabulary(), { path: 'x.md', text: `A ${phrase}.` })).not.toEqual([]);
    for (const { reason } of exceptions) expect(reason).toMatch(/^[A-Z].*\.$/);
  });
});
