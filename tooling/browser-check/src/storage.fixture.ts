import { useBackend } from '@footlight/engine';
import { indexedDbFile, opfsFile, runExperiment, type StoredFile } from '@footlight/trainer';
import { describeTraining } from './train.fixture.js';

const storages: Readonly<Record<string, (name: string) => StoredFile>> = {
  opfs: (name) => opfsFile(`runs/${name}`),
  indexedDb: (name) => indexedDbFile(name),
};

export interface StoredRun {
  readonly storage: string;
  readonly name: string;
  readonly resume?: boolean;
}

/** What a page did with a stored file. */
export interface StorageResult {
  /** Losses of the epochs. */
  readonly losses: readonly number[];
  /** How the run ended, if not well. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

let steps = 0;

/** Trains with a checkpoint after every step. */
async function run({ storage, name, resume = false }: StoredRun): Promise<StorageResult> {
  await useBackend('cpu');
  const archive = await (await fetch('/ml-latest-small.zip')).blob();
  const checkpoint = storages[storage]!(name);
  const counted = { ...checkpoint, write: (pieces: never) => checkpoint.write(pieces).then(() => void steps++) };
  const options = { checkpoint: counted, checkpointSeconds: 0, resume };
  return runExperiment(describeTraining(archive), options).then(
    ({ epochs }) => ({ losses: epochs.map(({ loss }) => loss) }),
    ({ code, message }) => ({ losses: [], code, message }),
  );
}

/** Alters the last byte of what is stored. */
async function damage({ storage, name }: StoredRun): Promise<void> {
  const file = storages[storage]!(name);
  const bytes = (await file.read()) as Uint8Array<ArrayBuffer>;
  bytes[bytes.length - 1]! ^= 1;
  await file.write([bytes]);
}

/** The names of all files in the origin private file system. */
async function list(): Promise<string[]> {
  const names: string[] = [];
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('runs');
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
  return names;
}

Object.assign(globalThis, { run, damage, list, countWrites: () => steps });
