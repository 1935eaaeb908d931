import { describe, expect, it } from 'vitest';
import { checkStopRules } from './stop-rules.js';

describe('checkStopRules', () => {
  it('refuses rules that can never or always hold', () => {
    const wrong = [{ trials: 0 }, { seconds: 0 }, { target: Number.NaN }, { trialsWithoutImprovement: 0.5 }];
    const messages = wrong.map((rules) => {
      try {
        return JSON.stringify(checkStopRules(rules, 1));
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(messages).toMatchInlineSnapshot(`
      [
        "createStudy(stop.trials): expected a positive integer, received 0.",
        "createStudy(stop.seconds): expected a positive number, received 0.",
        "createStudy(stop.target): expected a finite number, received NaN.",
        "createStudy(stop.trialsWithoutImprovement): expected a positive integer, received 0.5.",
      ]
    `);
    expect(checkStopRules({ trials: 3, seconds: undefined }, 2)).toEqual({ trials: 3 });
  });
});
