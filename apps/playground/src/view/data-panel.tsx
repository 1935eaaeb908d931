import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { changeSource, fail, source, train } from '../session/session.js';
import { movielensFile } from '../sources/movielens.js';
import { type FoundColumns, readColumns } from '../sources/read-columns.js';

/** Where the interactions come from. */
export function DataPanel(): VNode {
  const chosen = useSignal<{ readonly file: File; readonly found: FoundColumns } | undefined>(undefined);
  const isOver = useSignal(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      chosen.value = { file, found: await readColumns(file) };
    } catch (error) {
      fail(error);
    }
  };
  const useMovieLens = async (): Promise<void> => {
    chosen.value = undefined;
    changeSource({ kind: 'movielens', file: await movielensFile() });
    await train();
  };
  const own = source.value?.kind === 'own' ? source.value.file.name : undefined;
  return (
    <section aria-labelledby="data-title">
      <h2 id="data-title">Data</h2>
      <p>{own ?? 'MovieLens latest-small, 100,836 ratings.'}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the field inside does the same. */}
      <div
        class={isOver.value ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          isOver.value = true;
        }}
        onDragLeave={() => {
          isOver.value = false;
        }}
        onDrop={(event) => {
          event.preventDefault();
          isOver.value = false;
          void take(event.dataTransfer?.files[0]);
        }}
      >
        <label class="file">
          Use a CSV file of your own, or drop it here
          <input
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            onChange={({ currentTarget: input }) => {
              void take(input.files?.[0]);
              input.value = '';
            }}
          />
        </label>
      </div>
      {chosen.value && <ColumnForm {...chosen.value} />}
      {own && (
        <button type="button" onClick={() => void useMovieLens()}>
          Use MovieLens again
        </button>
      )}
    </section>
  );
}

function ColumnForm({ file, found }: { readonly file: File; readonly found: FoundColumns }): VNode {
  const submit = (event: Event): void => {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const timestamp = String(given.get('timestamp'));
    changeSource({
      kind: 'own',
      file,
      columns: {
        user: String(given.get('user')),
        item: String(given.get('item')),
        ...(timestamp && { timestamp }),
        ...(/\.tsv$/i.test(file.name) ? {} : { separator: found.separator }),
      },
    });
    void train();
  };
  return (
    <form onSubmit={submit} aria-label={`Columns of ${file.name}`}>
      {(['user', 'item', 'timestamp'] as const).map((column) => (
        <label key={column}>
          Column of the {column === 'timestamp' ? 'times, if there is one' : `${column}s`}
          <select name={column}>
            {column === 'timestamp' && <option value="">none: the order of the rows</option>}
            {found.names.map((name) => (
              <option key={name} value={name} selected={name === found.guess[column]}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ))}
      <button type="submit">Train on {file.name}</button>
    </form>
  );
}
