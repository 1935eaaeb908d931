import { createStudyFigures, type Figure } from '@footlight/report';
import { computeImportance, type StudySnapshot } from '@footlight/studies';

/**
 * Figures of a stored study, such as `history` or `slice-learningrate`: what `footlight report --study` draws.
 *
 * @throws {Error} if there is no such study or no such figure
 */
export function selectStudyFigures(
  studies: ReadonlyMap<string, { readonly snapshot?: StudySnapshot }>,
  [name = '', ...kinds]: readonly string[],
): Figure[] {
  const study = studies.get(name)?.snapshot;
  if (!study) throw new Error(`docs: expected a stored study, received ${name}.`);
  const figures = createStudyFigures(study, { importance: [computeImportance(study)] }, 'study');
  return kinds.map((kind) => {
    const found = figures.find(({ figure }) => figure.id === `study-${kind}`);
    const known = figures.map(({ figure }) => figure.id.slice('study-'.length)).join(', ');
    if (!found) throw new Error(`docs: expected one of ${known}, received ${kind}.`);
    return found.figure;
  });
}
