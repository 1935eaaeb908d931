import { RecsysError } from '@footlight/core';
import { isObject } from '../storage/stored-checks.js';
import { type FileSource, type FileTarget, toStoredFile } from '../storage/stored-file.js';
import type { StoredFile } from '../storage/types.js';
import { computeChecksum } from './create-model-card.js';
import { formatModelCard, isOwnMarkdown } from './format-model-card.js';
import { CARD_FORMAT, type ModelCard } from './types.js';

/** What is appended to the name of an artifact. */
const ENDINGS = { json: '.card.json', markdown: '.card.md' } as const;

/**
 * Writes a card beside its artifact, as JSON and as Markdown: `model.safetensors.card.json` and
 * `model.safetensors.card.md`. Each is replaced as a whole.
 *
 * @param artifact the file of the model; the cards are in the same storage
 * @throws {RecsysError} `write-failed`, also if one of the files is there and is not a card as this function wrote it
 */
export async function saveModelCard(artifact: FileTarget, card: ModelCard): Promise<void> {
  await assertModelCard(artifact);
  const { json, markdown } = findCards(artifact);
  await json.write([encode(`${JSON.stringify(card, null, 2)}\n`)]);
  await markdown.write([encode(formatModelCard(card))]);
}

/**
 * Checks, e.g. before a long training, that `saveModelCard` may write beside an artifact: that there are no other files
 * with the names of its cards, and no cards that were changed by hand.
 *
 * @throws {RecsysError} `write-failed` with what to do
 */
export async function assertModelCard(artifact: FileTarget): Promise<void> {
  const { json, markdown } = findCards(artifact);
  await assertOwn(json, (text) => isOwnJson(text));
  await assertOwn(markdown, isOwnMarkdown);
}

/**
 * Reads the card beside an artifact; `undefined` if there is none. A card that was changed by hand is read as it is.
 *
 * @throws {RecsysError} `file-damaged` if the file with the name of the card is something else
 */
export async function readModelCard(artifact: FileSource): Promise<ModelCard | undefined> {
  const { json } = findCards(artifact);
  const content = await json.read();
  if (!content) return undefined;
  const card = parseCard(decode(content));
  if (card) return card;
  throw new RecsysError(
    'file-damaged',
    `${json.name}: expected the card of a model, received another file at ${json.location}. Move it or delete it.`,
  );
}

function findCards(artifact: FileSource): Record<keyof typeof ENDINGS, StoredFile> {
  const file = toStoredFile(artifact);
  return { json: file.withEnding(ENDINGS.json), markdown: file.withEnding(ENDINGS.markdown) };
}

async function assertOwn(file: StoredFile, isOwn: (text: string) => boolean): Promise<void> {
  const content = await file.read();
  if (!content || isOwn(decode(content))) return;
  throw new RecsysError(
    'write-failed',
    `${file.name}: expected no file, or the card of a model as it was written, received another file or a card that ` +
      `was changed at ${file.location}. Move it, or save the model under another name.`,
  );
}

function isOwnJson(text: string): boolean {
  const card = parseCard(text);
  return card !== undefined && card.checksum === computeChecksum(card);
}

/** The card in a text; `undefined` if it is none, or lacks a part that readers rely on. */
function parseCard(text: string): ModelCard | undefined {
  try {
    const card = JSON.parse(text) as ModelCard;
    const { format, artifact, model, data, protocol, metrics, intendedUse, limits } = isObject(card) ? card : {};
    const isComplete = [artifact, model, data, protocol, metrics].every(isObject) && typeof artifact!.hash === 'string';
    const lists = [intendedUse, limits].every((list) => Array.isArray(list));
    return format === CARD_FORMAT && isComplete && lists ? card : undefined;
  } catch {
    return undefined;
  }
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const decode = (content: Uint8Array): string => new TextDecoder().decode(content);
