import { createStudy, memoryLog, readStudies } from '@footlight/studies';
import { expect, it } from 'vitest';
import { selectStudyFigures } from './study-figures.js';

it('selectStudyFigures finds figures of a stored study by their kind', async () => {
  const log = memoryLog();
  const study = await createStudy({ name: 'talk/mf', log });
  await study.optimize((trial) => trial.float('learningRate', { low: 0, high: 1 }), { trials: 3 });
  const [snapshot] = await readStudies(log);
  const studies = new Map([['talk/mf', { snapshot: snapshot! }]]);
  const figures = selectStudyFigures(studies, ['talk/mf', 'timeline', 'slice-learningrate']);
  expect(figures.map(({ title }) => title)).toEqual(['Timeline', 'value by learningRate']);
  expect(() => selectStudyFigures(studies, ['mf', 'history'])).toThrow('docs: expected a stored study, received mf.');
  expect(() => selectStudyFigures(studies, ['talk/mf', 'front'])).toThrow(
    /expected one of history, .*, received front/,
  );
});
