import { readFileSync } from 'node:fs';

/** Words that this repository does not use, each with the word to use in its place. See `vocabulary.json`. */
export interface Vocabulary {
  /** Words that no identifier and no file name may contain: `judge` also forbids `judgeEpoch`. Lower case. */
  readonly words: readonly ForbiddenName[];
  /** Whole identifiers and file names, some of them only below a folder. */
  readonly names: readonly ForbiddenName[];
  /** Spellings that no identifier may contain, as regular expressions. */
  readonly spelling: Readonly<Record<string, string>>;
  /** Words and phrases that no comment, string or Markdown page may contain. */
  readonly phrases: Readonly<Record<string, string>>;
  /** Places where a word is right. */
  readonly exceptions: readonly Exception[];
}

export interface ForbiddenName {
  /** The word in lower case, or the name with its capitals. */
  readonly old: string;
  /** The word or the name to use. */
  readonly use: string;
  /** The beginning of the paths, from the root of the repository, in which it is forbidden. Default: everywhere. */
  readonly under?: string;
}

export interface Exception {
  /** A file, or a folder with a slash at its end, from the root of the repository. */
  readonly path: string;
  /** A forbidden word, name, spelling or phrase, or `*` for all of them. */
  readonly word: string;
  /** Why it is right there. */
  readonly reason: string;
}

/** Reads the vocabulary of this repository. */
export function readVocabulary(): Vocabulary {
  return JSON.parse(readFileSync(new URL('../vocabulary.json', import.meta.url), 'utf8')) as Vocabulary;
}
