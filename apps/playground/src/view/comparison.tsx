import type { VNode } from 'preact';
import { models, show, shown, shownModels, training } from '../session/session.js';
import { ListView } from './list-view.js';
import { ModelFiles } from './model-files.js';

/** The lists of one model, or of two side by side. */
export function Comparison(): VNode {
  return (
    <section aria-labelledby="lists-title">
      <h2 id="lists-title">Recommendations</h2>
      {models.value.length === 0 && (
        <p class="hint">
          {training.value ? 'The first model is being trained…' : 'Train a model, or open a saved one.'}
        </p>
      )}
      <ModelFiles />
      <div class={shownModels.value.length === 2 ? 'columns' : undefined}>
        {shownModels.value.map((model, column) => (
          <ListView key={`${column} ${model.id}`} model={model} column={column as 0 | 1} />
        ))}
      </div>
      {models.value.length > 1 && shown.value[1] === undefined && (
        <button type="button" onClick={() => show(1, models.value.find(({ id }) => id !== shown.value[0])!.id)}>
          Compare with another model
        </button>
      )}
    </section>
  );
}
