import { describe, expect, it } from 'vitest';
import { rephrase } from './rephrase.js';

describe('rephrase', () => {
  it('names options of the command line instead of functions', () => {
    expect(rephrase('recommend(user): expected a user id, received 7.')).toBe(
      '--user: expected a user id, received 7.',
    );
    expect(rephrase('factorization(dim): expected a positive integer, received 0.')).toBe(
      'model factorization, option dim: expected a positive integer, received 0.',
    );
    expect(rephrase('leaveLastOut: expected at least 3 interactions per user, received 1.')).toBe(
      'split leave-last-out: expected at least 3 interactions per user, received 1.',
    );
  });

  it('drops a function that has no place on the command line', () => {
    expect(rephrase('fit: expected a finite loss, received NaN. Try a smaller learning rate.')).toBe(
      'Expected a finite loss, received NaN. Try a smaller learning rate.',
    );
  });

  it('names components in advice', () => {
    expect(rephrase('x: expected a loss, received none. Try bprLoss(), or ndcg({ at: 10 }).')).toBe(
      'Expected a loss, received none. Try the loss bpr, or the metric ndcg(at=10).',
    );
  });

  it('leaves files and commands as they are', () => {
    for (const message of [
      'likes.csv: expected a column "film", received none.',
      '--loss squared: expected a file with ratings, received none.',
      'footlight run: expected names, received none.',
      '/a/mine.ts: expected a default export made by defineExperiment, received none.',
    ])
      expect(rephrase(message)).toBe(message);
  });

  it('keeps the names of files without an extension, and names their options', () => {
    expect(rephrase('likes: expected a file that Footlight wrote, received a folder.', true)).toMatch(/^likes: /);
    expect(rephrase('table(path): expected a file, received none.', true)).toMatch(/^--table: /);
  });

  it('names the options of a file', () => {
    expect(
      rephrase("log.csv (row 1, column time): expected …, received 5. If these are dates, set times: 'date'."),
    ).toBe('log.csv (row 1, column time): expected …, received 5. If these are dates, set --times date.');
    expect(rephrase('Set quotes: true if they enclose fields, or quotes: false if they belong to the text.')).toBe(
      'Set --quotes true if they enclose fields, or --quotes false if they belong to the text.',
    );
    expect(rephrase("Set encoding to that of the file, e.g. encoding: 'latin1'.")).toBe(
      'Set --encoding to that of the file, e.g. --encoding latin1.',
    );
    expect(rephrase('Does the file lack line ends? If the line is right, raise limits.lineBytes.')).toBe(
      'Does the file lack line ends? If the line is right, raise --line-bytes.',
    );
    expect(rephrase('table(times): expected a column of timestamps, received none. Name it in timestamp.')).toBe(
      '--times: expected a column of timestamps, received none. Name it with --time.',
    );
    expect(rephrase('log.csv (line 1): expected …, received …. Leave header out: the first line has the names.')).toBe(
      'log.csv (line 1): expected …, received …. Leave --header out: the first line has the names.',
    );
    expect(rephrase('table(weight): expected a column of its own, received "item".')).toBe(
      '--weight: expected a column of its own, received "item".',
    );
    expect(rephrase('table(header): expected a csv or tsv file, received parquet.')).toBe(
      '--header: expected a csv or tsv file, received parquet.',
    );
    expect(rephrase('interactionLists(separator): expected at least one character, received none.')).toBe(
      '--separator: expected at least one character, received none.',
    );
  });

  it('keeps the names of environment variables', () => {
    const message = 'FOOTLIGHT_THREADS: expected an integer from 1 to 256, received abc. Correct or unset it.';
    expect(rephrase(message)).toBe(message);
  });
});
