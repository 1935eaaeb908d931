import { useBackend } from '@footlight/engine';
import { type Answers, loadAndAnswer, trainAndSave } from './train.fixture.js';

/** A model that a page trained, and what one answers there that Node trained. */
export interface ModelResult {
  readonly artifact: readonly number[];
  readonly answers: Answers;
  readonly answersOfNode: Answers;
}

async function run(name: string): Promise<ModelResult> {
  await useBackend();
  const answersOfNode = await loadAndAnswer(name, await (await fetch(`/${name}.safetensors`)).blob());
  const { artifact, answers } = await trainAndSave(name);
  return { artifact: [...new Uint8Array(await artifact.arrayBuffer())], answers, answersOfNode };
}

Object.assign(globalThis, { run });
