import { RecsysError } from '@footlight/core';
import type { OriginalIds } from '../types.js';
import type { FileLocation } from './file-location.js';
import { mapToDenseIds } from './number-ids.js';
import { parseWholeNumber } from './parse-whole-number.js';
import { openFile, type ReadOptions, readText } from './source-file.js';

/**
 * Reads a JSON object with a list of attributes per original id, numbers or texts. Attributes of ids that the data do
 * not have are ignored.
 *
 * @returns the attributes by dense id; none for an id that the file does not list
 * @throws {RecsysError} `invalid-data` if the file is no such object, with the id whose list does not fit
 */
export async function readAttributeLists(
  location: FileLocation,
  ids: OriginalIds,
  options: ReadOptions,
): Promise<(readonly string[])[]> {
  const file = await openFile(location, options);
  const lists = parseObject(file.name, await readText(file, 'utf-8'));
  const dense = mapToDenseIds(ids);
  const isNumber = ArrayBuffer.isView(ids);
  const found = Array.from({ length: ids.length }, (): readonly string[] => []);
  for (const [key, list] of Object.entries(lists)) {
    if (!Array.isArray(list) || !list.every(isAttribute)) failList(file.name, key, list);
    const entity = dense.get(isNumber ? (parseWholeNumber(key) ?? '') : key);
    if (entity !== undefined) found[entity] = list.map(String);
  }
  return found;
}

function parseObject(fileName: string, text: string): object {
  const fail = (received: string, cause?: unknown): never => {
    throw new RecsysError(
      'invalid-data',
      `${fileName}: expected a JSON object with a list of attributes per id, received ${received}. Is it complete?`,
      { cause },
    );
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    return fail(`text that is no JSON (${(cause as Error).message})`, cause);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return fail(text.slice(0, 40));
  return parsed;
}

const isAttribute = (value: unknown): value is string | number =>
  typeof value === 'string' ? value !== '' : Number.isSafeInteger(value);

function failList(fileName: string, key: string, list: unknown): never {
  throw new RecsysError(
    'invalid-data',
    `${fileName} (id ${key}): expected a list of attributes, whole numbers or texts, ` +
      `received ${JSON.stringify(list)?.slice(0, 40)}. Correct it or remove the id.`,
  );
}
