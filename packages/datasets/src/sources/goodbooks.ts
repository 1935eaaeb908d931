import { createOpener } from '#platform/sources/goodbooks-files';
import { type FileContent, locateFile } from '../readers/file-location.js';
import { createFieldEnds } from '../readers/find-field.js';
import { mapToDenseIds, numberIds } from '../readers/number-ids.js';
import { readColumns } from '../readers/read-columns.js';
import { readHeader } from '../readers/read-header.js';
import type { SourceFile } from '../readers/source-file.js';
import { keepNumbers } from '../readers/spotlight-numbering.js';
import { concatenateBytes } from '../readers/whole-lines.js';
import { openZipEntry } from '../readers/zip-archive.js';
import type { Archive, Dataset, OriginalIds } from '../types.js';
import { checkContent } from './check-content.js';

export interface GoodbooksOptions {
  /**
   * `sorted` (default): 0, 1, 2, … in ascending order of the original ids. `spotlight`: the original ids; id 0 has no
   * interactions.
   */
  readonly numbering?: 'sorted' | 'spotlight';
  /**
   * The archive itself, instead of one in the folder of the archives: a `File` or another
   * `Blob`, or what `fetch` returned. Browsers take it in this way only.
   */
  readonly file?: FileContent;
}

const ARCHIVE: Archive = {
  fileName: 'goodbooks-10k.zip',
  url: 'https://github.com/zygmuntz/goodbooks-10k/releases/download/v1.0/goodbooks-10k.zip',
};

/**
 * Goodbooks-10k: six million ratings of ten thousand books. It has no timestamps; the row number is used instead, as in
 * Spotlight.
 *
 * Reads `goodbooks-10k.zip` or, in the same folder, a checkout `goodbooks-10k/` with `ratings.csv` and `books.csv`.
 *
 * Licence: CC BY-SA 4.0.
 *
 * @example
 * goodbooks({ file: await fetch('/goodbooks-10k.zip') }) // in a browser
 * @source Zając, 2017, https://github.com/zygmuntz/goodbooks-10k
 */
export function goodbooks({ numbering = 'sorted', file }: GoodbooksOptions = {}): Dataset {
  const content = file && locateFile((option) => `goodbooks(${option})`, { file });
  return {
    name: 'goodbooks-10k',
    protocol: { source: 'goodbooks-10k', numbering },
    columns: { ratings: true, timestamps: true },
    license: 'CC BY-SA 4.0',
    archives: content ? [] : [ARCHIVE],
    async load(options) {
      if (content) options.onArchive?.(await checkContent(content, ARCHIVE));
      const openArchiveFile = content
        ? (name: string) => openZipEntry(content, name, options)
        : await createOpener(ARCHIVE, options);
      const { user, item, rating } = await readColumns(await openArchiveFile('ratings.csv'), {
        separator: ',',
        columns: {
          user: { column: 'user_id', kind: 'id' },
          item: { column: 'book_id', kind: 'id' },
          rating: { column: 'rating', kind: 'float32' },
        },
      });
      const numberAll =
        numbering === 'spotlight' ? keepNumbers : (ids: Int32Array | Float64Array) => numberIds(ids, 'ascending');
      const users = numberAll(user);
      const items = numberAll(item);
      return {
        catalogue: {
          userCount: users.originals.length,
          itemCount: items.originals.length,
          userIds: users.originals,
          itemIds: items.originals,
          itemTitles: await readTitles(await openArchiveFile('books.csv'), items.originals),
        },
        users: users.ids,
        items: items.ids,
        ratings: rating,
        timestamps: Float64Array.from(rating, (_, row) => row),
      };
    },
  };
}

/** In the first edition, the id of a book is in the column `id`, and `book_id` has another meaning. */
async function readTitles({ name, chunks }: SourceFile, itemIds: OriginalIds): Promise<string[]> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const bytes = concatenateBytes(parts);
  const { names } = readHeader(name, bytes, createFieldEnds({ separator: ',' })) ?? { names: [] as string[] };
  const { id, title } = await readColumns(
    {
      name,
      chunks: (async function* () {
        yield bytes;
      })(),
    },
    {
      separator: ',',
      columns: {
        id: { column: names.includes('id') ? 'id' : 'book_id', kind: 'id' },
        title: { column: 'title', kind: 'text' },
      },
    },
  );
  const dense = mapToDenseIds(itemIds);
  const titles = new Array<string>(itemIds.length).fill('');
  for (let row = 0; row < id.length; row++) {
    const item = dense.get(id[row]!);
    if (item !== undefined) titles[item] = title.texts[title.codes[row]!]!;
  }
  return titles;
}
