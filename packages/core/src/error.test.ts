import { describe, expect, it } from 'vitest';
import { invalid, RecsysError } from './error.js';

describe('invalid', () => {
  it('says who complains, what was expected, what came and what to do', () => {
    expect(() =>
      invalid('sasrec(length)', 'at least 2', 1, 'The last item is the target.'),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sasrec(length): expected at least 2, received 1. The last item is the target.]`,
    );
  });

  it('ends after what came if there is no advice', () => {
    expect(() => invalid('ndcg(at)', 'a positive integer', undefined)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ndcg(at): expected a positive integer, received undefined.]`,
    );
  });

  it('stands in expressions', () => {
    const absent = undefined as number | undefined;
    expect(() => absent ?? invalid('x', 'a number', absent)).toThrow(RecsysError);
  });
});

describe('RecsysError', () => {
  it('carries a code and the cause', () => {
    const cause = new Error('disk full');
    const error = new RecsysError('cache', 'cache: expected space, received none.', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'RecsysError', code: 'cache', cause });
  });

  it('has the code invalid-argument when it comes from invalid', () => {
    try {
      invalid('x', 'y', 'z');
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid-argument' });
    }
    expect.assertions(1);
  });
});
