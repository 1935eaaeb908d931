import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { findItems, itemsById } from '../session/items.js';
import { likes, toggleLike } from '../session/session.js';

/** Films shown to choose from. */
const COUNT = 24;

/** Finds items by their titles and chooses those that the user likes. */
export function Picker(): VNode {
  const text = useSignal('');
  const found = findItems(text.value, COUNT);
  return (
    <section aria-labelledby="picker-title">
      <h2 id="picker-title">What do you like?</h2>
      <label>
        Search titles
        <input
          type="search"
          value={text}
          placeholder="e.g. star wars"
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
      </label>
      <ul class="chips" aria-label={text.value ? 'Found' : 'Most popular'}>
        {found.map(({ id, title }) => (
          <li key={id}>
            <button type="button" class="chip" aria-pressed={likes.value.includes(id)} onClick={() => toggleLike(id)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="hint">No title has these words.</p>}
      {likes.value.length > 0 && (
        <>
          <h3>You like</h3>
          <ul class="chips">
            {likes.value.map((id) => {
              const title = itemsById.value.get(id)?.title ?? String(id);
              return (
                <li key={id}>
                  <button type="button" class="chip" aria-label={`${title}, remove`} onClick={() => toggleLike(id)}>
                    {title} ×
                  </button>
                </li>
              );
            })}
          </ul>
          <button
            type="button"
            onClick={() => {
              likes.value = [];
            }}
          >
            Clear
          </button>
        </>
      )}
    </section>
  );
}
