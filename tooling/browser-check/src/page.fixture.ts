import { type BackendName, useBackend } from '@footlight/engine';
import { createArtifact, loadArtifact } from '@footlight/trainer';
import { model, type PageResult, train, trainMore } from './train.fixture.js';

const fetchBlob = async (address: string): Promise<Blob> => (await fetch(address)).blob();

/** Trains in the page, and reads the model that Node saved. */
async function run(backend?: BackendName): Promise<PageResult> {
  const { reason } = await useBackend(backend);
  const archive = await fetchBlob('ml-latest-small.zip');
  let turns = 0;
  const timer = setInterval(() => void turns++, 10);
  const { recommender, ...result } = await train(archive);
  clearInterval(timer);
  const artifact = await createArtifact(recommender, { model });
  const ofNode = await loadArtifact(await fetchBlob('node.safetensors'), model);
  const aborted = await train(archive, AbortSignal.abort()).then(
    () => 'none',
    (error: Error) => error.name,
  );
  return {
    ...result,
    reason,
    listOfNode: await ofNode.recommend({ history: [1, 260] }, 5),
    turns,
    aborted,
    artifact: [...new Uint8Array(await artifact.arrayBuffer())],
    more: await trainMore(archive),
  };
}

Object.assign(globalThis, { run });
