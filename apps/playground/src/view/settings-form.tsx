import type { VNode } from 'preact';
import { getLossLabel, type LossName } from '../choices/losses.js';
import { models as choices, getModel, type ModelName } from '../choices/models.js';
import { createSettings, limits } from '../choices/settings.js';
import { changeSettings, settings, source, train, training } from '../session/session.js';

/** Chooses what is trained. */
export function SettingsForm(): VNode {
  const chosen = settings.value;
  const choice = getModel(chosen.model);
  const submit = (event: Event): void => {
    event.preventDefault();
    void train();
  };
  return (
    <form onSubmit={submit} aria-labelledby="settings-title">
      <h2 id="settings-title">Model</h2>
      <label>
        Model
        <select
          value={chosen.model}
          onChange={({ currentTarget }) => changeSettings(createSettings(currentTarget.value as ModelName))}
        >
          {Object.entries(choices).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p class="hint">{choice.summary}</p>
      {choice.losses.length > 0 && (
        <label>
          Loss
          <select
            value={chosen.loss}
            onChange={({ currentTarget }) => changeSettings({ ...chosen, loss: currentTarget.value as LossName })}
          >
            {choice.losses.map((name) => (
              <option key={name} value={name}>
                {getLossLabel(name)}
              </option>
            ))}
          </select>
        </label>
      )}
      {choice.hasDim && <NumberField name="dim" label="Dim (length of the vectors)" />}
      {choice.losses.length > 0 && <NumberField name="epochs" label="Epochs" />}
      <NumberField name="seed" label="Seed" />
      <div class="buttons">
        <button type="submit" class="primary" disabled={!source.value}>
          Train
        </button>
        {training.value && (
          <button type="button" onClick={training.value.stop}>
            Stop
          </button>
        )}
      </div>
    </form>
  );
}

function NumberField({ name, label }: { readonly name: keyof typeof limits; readonly label: string }): VNode {
  const [low, high] = limits[name];
  const change = ({ currentTarget: input }: { readonly currentTarget: HTMLInputElement }): void => {
    if (input.reportValidity()) changeSettings({ ...settings.value, [name]: input.valueAsNumber });
  };
  return (
    <label>
      {label}
      <input type="number" min={low} max={high} step={1} required value={settings.value[name]} onChange={change} />
    </label>
  );
}
