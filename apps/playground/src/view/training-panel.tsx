import type { EpochReport } from '@footlight/trainer';
import type { VNode } from 'preact';
import { describeSettings } from '../choices/describe-settings.js';
import { shownModels, training } from '../session/session.js';
import { METRIC } from '../training/metric.js';
import { Curve } from './curve.js';
import { formatShare, formatValue } from './format.js';

/** The training that is under way, or the curve of the model that is shown. */
export function TrainingPanel(): VNode | null {
  const running = training.value;
  const model = shownModels.value.at(-1);
  if (running) {
    const { progress, epochs } = running;
    return (
      <section aria-labelledby="training-title">
        <h2 id="training-title">Training</h2>
        <p>{describeSettings(running.settings)}</p>
        <progress aria-label="Progress of the training" max={1} value={findShare(running)} />
        <p class="hint">
          {progress
            ? `${progress.label}${progress.total ? `: ${formatShare(progress.done / progress.total)}` : ''}`
            : 'Starting…'}
        </p>
        <Curves epochs={epochs} />
      </section>
    );
  }
  if (!model || model.epochs.length === 0) return null;
  return (
    <section aria-labelledby="training-title">
      <h2 id="training-title">Learning curve</h2>
      <p>{model.name}</p>
      <Curves epochs={model.epochs} />
    </section>
  );
}

function Curves({ epochs }: { readonly epochs: readonly EpochReport[] }): VNode | null {
  const last = epochs.at(-1);
  if (!last) return null;
  const metric = epochs.map(({ validation }) => validation?.[METRIC] ?? Number.NaN);
  return (
    <div class="curves">
      <Curve label="Loss" values={epochs.map(({ loss }) => loss)} />
      <Curve label={`${METRIC}, validation`} values={metric} />
      <p class="hint">
        Epoch {epochs.length}: loss {formatValue(last.loss)}, {METRIC} {formatValue(metric.at(-1)!)}
      </p>
    </div>
  );
}

/** Share of the epochs that are complete; undefined where the number of steps is unknown. */
function findShare({ settings, epochs, progress }: NonNullable<typeof training.value>): number | undefined {
  if (settings.epochs === 0) return progress?.total ? progress.done / progress.total : undefined;
  const within = progress?.label === 'train' && progress.total ? progress.done / progress.total : 0;
  return Math.min(1, (epochs.length + within) / settings.epochs);
}
