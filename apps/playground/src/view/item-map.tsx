import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { project } from '../map/project.js';
import { readVectors } from '../map/read-vectors.js';
import { type Item, items } from '../session/items.js';
import type { TrainedModel } from '../session/trained-model.js';
import { formatShare } from './format.js';
import { MapCanvas } from './map-canvas.js';

/** Items on the map: the most popular ones. */
const COUNT = 1500;

/** A map of the item vectors: items that the model takes for similar lie near each other. */
export function ItemMap({ model }: { readonly model: TrainedModel }): VNode {
  const points = useSignal<{ readonly items: readonly Item[]; readonly xy: Float32Array } | undefined>(undefined);
  const state = useSignal('');
  useEffect(() => {
    const stop = new AbortController();
    points.value = undefined;
    state.value = 'Reading the vectors…';
    void (async () => {
      const shownItems = items.value.slice(0, COUNT);
      const found = await readVectors(
        model.recommender,
        shownItems.map(({ dense }) => dense),
      );
      if (!found) {
        state.value = 'This model has no vectors of items: try factorization, iALS or a sequence model.';
        return;
      }
      const onShare = (share: number): void => {
        state.value = `Laying out ${shownItems.length.toLocaleString('en')} items: ${formatShare(share)}`;
      };
      const xy = await project(found.vectors, found.dim, { signal: stop.signal, onShare });
      points.value = { items: shownItems, xy };
      state.value = '';
    })().catch((error: Error) => {
      if (!stop.signal.aborted) state.value = error.message;
    });
    return () => stop.abort();
  }, [model]);
  return (
    <section aria-labelledby="map-title">
      <h2 id="map-title">Map of the items</h2>
      {state.value && (
        <p class="hint" role="status">
          {state.value}
        </p>
      )}
      {points.value && <MapCanvas model={model} {...points.value} />}
    </section>
  );
}
