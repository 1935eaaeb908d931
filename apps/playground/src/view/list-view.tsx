import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { type List, recommend } from '../session/lists.js';
import { announcement, likes, models, show, shown, toggleLike } from '../session/session.js';
import type { TrainedModel } from '../session/trained-model.js';
import { formatValue } from './format.js';
import { selected } from './selected.js';

/** What one model recommends, and why. */
export function ListView({ model, column }: { readonly model: TrainedModel; readonly column: 0 | 1 }): VNode {
  const list = useSignal<List | undefined>(undefined);
  const chosen = likes.value;
  useEffect(() => {
    let isCurrent = true;
    void recommend(model, chosen).then((found) => {
      if (!isCurrent) return;
      list.value = found;
      const [first] = found.refusal === undefined ? found.lines : [];
      if (first && chosen.length > 0)
        announcement.value = `The list has changed; first is ${first.title || first.item}.`;
    });
    return () => {
      isCurrent = false;
    };
  }, [model, chosen]);
  return (
    <article aria-label={model.name}>
      <ModelHeader model={model} column={column} />
      {list.value?.refusal !== undefined && <p class="hint">{list.value.refusal}</p>}
      {list.value?.refusal === undefined && list.value && (
        <>
          {list.value.unknown > 0 && <p class="hint">{list.value.unknown} of your items are unknown to this model.</p>}
          <ol class="list">
            {list.value.lines.map(({ item, title, reason }, place) => (
              // Chromium numbers lines wrongly when they move: each place keeps its line.
              <li key={place}>
                <button type="button" class="title" title="Show similar items" onClick={() => (selected.value = item)}>
                  {title || item}
                </button>
                {reason && <span class="hint"> because of {reason.title}</span>}
                <button
                  type="button"
                  class="like"
                  aria-label={`Like ${title || item}`}
                  onClick={() => toggleLike(item)}
                >
                  +
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </article>
  );
}

function ModelHeader({ model, column }: { readonly model: TrainedModel; readonly column: 0 | 1 }): VNode {
  const { metrics, seconds } = model;
  const facts = Object.entries(metrics).map(([name, value]) => `${name} ${formatValue(value)}`);
  return (
    <header>
      {models.value.length > 1 ? (
        <label>
          Model
          <select value={model.id} onChange={({ currentTarget }) => show(column, Number(currentTarget.value))}>
            {models.value.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <h3>{model.name}</h3>
      )}
      <p class="hint">
        {[...facts, ...(seconds === undefined ? [] : [`${seconds.toFixed(1)} s`])].join(' · ')}{' '}
        <SaveLink key={model.id} model={model} />
        {shown.value.filter((id) => id !== undefined).length === 2 && column === 1 && (
          <>
            {' · '}
            <button type="button" class="link" onClick={() => show(1, undefined)}>
              Close
            </button>
          </>
        )}
      </p>
    </header>
  );
}

/** The model as a file, for Node or for a later visit. */
function SaveLink({ model }: { readonly model: TrainedModel }): VNode {
  const address = useMemo(() => URL.createObjectURL(model.artifact), [model]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <a href={address} download={model.fileName}>
      Save
    </a>
  );
}
