import type { Recommendation } from '@footlight/trainer';
import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { findTitle } from '../session/explain.js';
import { shownModels } from '../session/session.js';
import { selected } from './selected.js';

/** Items that the first model takes for similar to the selected one. */
export function Similar(): VNode {
  const found = useSignal<readonly Recommendation[] | string>([]);
  const model = shownModels.value[0]!;
  const item = selected.value;
  useEffect(() => {
    if (item === undefined || !model.recommender.has('item', item)) {
      found.value = [];
      return;
    }
    model.recommender.similarItems(item, 8).then(
      (similar) => (found.value = similar),
      (error: Error) => (found.value = error.message),
    );
  }, [model, item]);
  return (
    <section aria-labelledby="similar-title">
      <h2 id="similar-title">Similar items</h2>
      {item === undefined ? (
        <p class="hint">Click a title of a list or a point of the map.</p>
      ) : (
        <>
          <p>Nearest to {findTitle(model.recommender, item)}:</p>
          {typeof found.value === 'string' ? (
            <p class="hint">{found.value}</p>
          ) : (
            <ol class="list">
              {found.value.map(({ item: other, title, score }, place) => (
                <li key={place}>
                  <button type="button" class="title" onClick={() => (selected.value = other)}>
                    {title || other}
                  </button>
                  <span class="hint"> {score.toFixed(2)}</span>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </section>
  );
}
