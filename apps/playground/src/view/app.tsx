import type { VNode } from 'preact';
import { announcement, failure, models, shownModels } from '../session/session.js';
import { Comparison } from './comparison.js';
import { DataPanel } from './data-panel.js';
import { ItemMap } from './item-map.js';
import { Picker } from './picker.js';
import { SettingsForm } from './settings-form.js';
import { Similar } from './similar.js';
import { TrainingPanel } from './training-panel.js';

const MOVIELENS = 'https://grouplens.org/datasets/movielens/latest/';

/** The whole page. */
export function App(): VNode {
  return (
    <>
      <header>
        <h1>Footlight playground</h1>
        <p>
          Train a recommender model in this tab, click films that you like, and see what it makes of them. Nothing
          leaves your machine.
        </p>
      </header>
      <p class="visually-hidden" role="status">
        {announcement}
      </p>
      {failure.value && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
      <main>
        <div class="content">
          {models.value.length > 0 && <Picker />}
          <Comparison />
          {shownModels.value[0] && <Similar />}
          {shownModels.value[0] && <ItemMap model={shownModels.value[0]} />}
        </div>
        <div class="side">
          <SettingsForm />
          <TrainingPanel />
          <DataPanel />
        </div>
      </main>
      <footer>
        <p>
          The films are those of <a href={MOVIELENS}>MovieLens latest-small</a> (F. Maxwell Harper and Joseph A.
          Konstan, 2015), with at least five ratings, under the terms of GroupLens: no commercial use, redistribution
          under the same terms.
        </p>
      </footer>
    </>
  );
}
