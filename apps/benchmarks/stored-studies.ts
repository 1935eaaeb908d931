import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { invalid } from '@footlight/core';
import { memoryLog, readStudies, type StudySnapshot } from '@footlight/studies';

const folder = join(import.meta.dirname, 'results/studies');

/** Reads the studies of all logs in `results/studies`, by name. */
export async function readStoredStudies(): Promise<ReadonlyMap<string, StudySnapshot>> {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const logs = files.filter((name) => name.endsWith('.log')).sort();
  const studies = await Promise.all(
    logs.map((file) => readStudies(memoryLog(readFileSync(join(folder, file), 'utf8')))),
  );
  return new Map(studies.flat().map((study) => [study.name, study]));
}

/**
 * Finds the best trial of a stored study, so that an experiment can have its parameters.
 *
 * @throws {RecsysError} `invalid-argument` if no such study is stored, or none of its trials is complete
 */
export async function findBestTrial(name: string): Promise<NonNullable<StudySnapshot['best']>> {
  const study = (await readStoredStudies()).get(name);
  return study?.best ?? invalid('findBestTrial(name)', 'a stored study with a complete trial', name);
}
