import { describe, expect, it } from 'vitest';
import { type ModelName, models } from './models.js';
import { createSettings, formatSettings, parseSettings } from './settings.js';

describe('settings of an address', () => {
  it.each(Object.keys(models) as ModelName[])('are those that were written: %s', (model) => {
    const settings = { ...createSettings(model), seed: 7 };
    expect(parseSettings(`#${formatSettings(settings)}`)).toEqual({ settings, problems: [] });
  });

  it('are complete without an address', () => {
    expect(parseSettings('')).toEqual({ settings: createSettings('factorization'), problems: [] });
    expect(formatSettings(createSettings('ease'))).toBe('model=ease&seed=42');
    expect(formatSettings(createSettings('sas-rec'))).toBe('model=sas-rec&seed=42&loss=bpr&epochs=10&dim=32');
  });

  it('say what they cannot be', () => {
    const listProblems = (hash: string) => parseSettings(hash).problems;
    expect(listProblems('#model=constructor')).toEqual([
      'The address names the model “constructor”, which this page does not have.',
    ]);
    expect(listProblems('#model=mult-vae&loss=bpr')).toEqual([
      'The address names the loss “bpr”, which mult-vae does not take.',
    ]);
    expect(listProblems('#dim=1e3&epochs=0&seed=-1')).toEqual([
      'The address has dim = 1e3; expected a whole number from 2 to 256.',
      'The address has epochs = 0; expected a whole number from 1 to 200.',
      'The address has seed = -1; expected a whole number from 0 to 2147483647.',
    ]);
    expect(parseSettings('#dim=1e3&seed=9').settings).toEqual({ ...createSettings('factorization'), seed: 9 });
  });
});
