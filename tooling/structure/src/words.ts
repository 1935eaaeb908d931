import { posix } from 'node:path';
import type { TextFile } from './text-files.js';
import { lineAt, readTokens, type Token } from './tokens.js';
import type { ForbiddenName, Vocabulary } from './vocabulary.js';

interface Finding {
  readonly word: string;
  readonly received: string;
  readonly use: string;
}

/** Names the words of a file that the vocabulary forbids: each identifier once per file, phrases at every line. */
export function findForbiddenWords(vocabulary: Vocabulary, { path, text }: TextFile): string[] {
  const applies = ({ under = '' }: ForbiddenName): boolean => path.startsWith(under);
  const { spelling, ...lists } = vocabulary;
  const forbidden = { spelling, words: lists.words.filter(applies), names: lists.names.filter(applies) };
  const allowed = vocabulary.exceptions.filter((each) => each.path === path || isBelow(path, each.path));
  const isAllowed = ({ word }: Finding): boolean => allowed.some((each) => each.word === '*' || each.word === word);
  const phrases = createPhrases(vocabulary, forbidden.names);
  const seen = new Set<string>();
  return readTokens(path, text)
    .flatMap((token) => findIn(token))
    .concat(findInFileName(forbidden, path).map((finding) => ({ ...finding, line: 1 })))
    .filter((finding) => !isAllowed(finding))
    .sort((one, other) => one.line - other.line)
    .map(({ line, received, use }) => `${path}:${line}: expected ${use}, received ${received}.`);

  function findIn(token: Token): (Finding & { line: number })[] {
    if (token.kind !== 'identifier') return findPhrases(phrases, token);
    if (seen.has(token.text)) return [];
    seen.add(token.text);
    return findInIdentifier(forbidden, token.text).map((finding) => ({ ...finding, line: token.line }));
  }
}

function isBelow(path: string, folder: string): boolean {
  return folder.endsWith('/') && path.startsWith(folder);
}

type Forbidden = Pick<Vocabulary, 'words' | 'names' | 'spelling'>;

function findInIdentifier({ words, names, spelling }: Forbidden, name: string): Finding[] {
  const received = `\`${name}\``;
  const parts = splitIdentifier(name);
  return [
    ...words.filter(({ old }) => parts.includes(old)).map(({ old, use }) => ({ word: old, received, use })),
    ...names.filter(({ old }) => old === name).map(({ old, use }) => ({ word: old, received, use: `\`${use}\`` })),
    ...Object.entries(spelling)
      .filter(([pattern]) => new RegExp(pattern, 'i').test(name))
      .map(([word, use]) => ({ word, received, use: `the American spelling \`${use}…\`` })),
  ];
}

function findInFileName(forbidden: Forbidden, path: string): Finding[] {
  const name = posix.basename(path).replace(/\..*$/, '');
  return findInIdentifier(forbidden, name).map((each) => ({ ...each, received: `the file name \`${name}\`` }));
}

/** `judgeEpoch`, `judge_epoch` and `JUDGE_EPOCH` are all `judge`, `epoch`. */
function splitIdentifier(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_$\d]+/);
}

type Phrase = readonly [word: string, use: string, pattern: RegExp];

/** Old names are forbidden in prose as well, if nothing but the old name is written that way. */
function createPhrases(vocabulary: Vocabulary, names: readonly ForbiddenName[]): Phrase[] {
  return [
    ...Object.entries(vocabulary.phrases).map(
      ([word, use]): Phrase => [
        word,
        use,
        new RegExp(`(?<![\\w-])${word.replaceAll(' ', '[\\s*/]+')}(?![\\w-])`, 'gi'),
      ],
    ),
    ...names
      .filter(({ old }) => /[a-z][A-Z]|-/.test(old))
      .map(({ old, use }): Phrase => [old, `\`${use}\``, new RegExp(`(?<![\\w-])${old}(?![\\w-])`, 'g')]),
  ];
}

function findPhrases(phrases: readonly Phrase[], token: Token): (Finding & { line: number })[] {
  return phrases.flatMap(([word, use, pattern]) =>
    [...token.text.matchAll(pattern)].map((match) => ({
      word,
      use,
      received: JSON.stringify(match[0]),
      line: token.line + lineAt(token.text, match.index) - 1,
    })),
  );
}
