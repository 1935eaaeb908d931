import { obtainArchive } from '#platform/readers/obtain-archive';
import { type FileContent, type FileLocation, locateFile } from '../readers/file-location.js';
import type { Archive, Dataset } from '../types.js';
import { checkContent } from './check-content.js';
import { readLists } from './interaction-lists.js';
import { trainAndTest } from './train-and-test.js';

export interface GowallaOptions {
  /**
   * The two files themselves, instead of those in the folder of the archives: `File`s or other `Blob`s, or what `fetch`
   * returned. Browsers take them in this way only.
   */
  readonly files?: { readonly train: FileContent; readonly test: FileContent };
}

const REPOSITORY = 'https://raw.githubusercontent.com/gusye1234/LightGCN-PyTorch/master/data/gowalla/';

const TERMS =
  'The repository of LightGCN states no licence; the check-ins were collected by Cho, Myers and Leskovec (KDD 2011), ' +
  'and are for research.';

const createArchive = (part: string): Archive => ({
  fileName: `gowalla/${part}.txt`,
  url: `${REPOSITORY}${part}.txt`,
  terms: TERMS,
});

// Copies of the training file with the same check-ins differ in their bytes.
const archives = {
  train: createArchive('train'),
  test: {
    ...createArchive('test'),
    checksum: 'sha256:099a2a73924e4b754dc6efd730d764f492321b53c38eb93298850c83acf57be3',
  },
};

/**
 * Gowalla in the split of LightGCN: places that users checked in at, without times, with the partition that
 * `publishedSplit` follows. Each user has at least ten places, and a fifth of them are test targets.
 *
 * The files are `gowalla/train.txt` and `gowalla/test.txt` in the folder of the archives.
 *
 * Licence: the repository states none; for research.
 *
 * @example
 * gowalla() // 810,128 training and 217,242 test interactions, 29,858 users, 40,981 items
 * @throws {RecsysError} `invalid-data`, from `load`, with the line that does not fit
 * @source He et al., SIGIR 2020, https://arxiv.org/abs/2002.02126; https://github.com/gusye1234/LightGCN-PyTorch
 */
export function gowalla({ files }: GowallaOptions = {}): Dataset {
  const createPart = (part: 'train' | 'test'): Dataset => {
    const own = files && locateFile(() => `gowalla(files.${part})`, { file: files[part] });
    const archive = archives[part];
    return {
      name: `gowalla(${part})`,
      protocol: { source: 'gowalla', part },
      columns: { ratings: false, timestamps: false },
      archives: own ? [] : [archive],
      async load(options) {
        if (own) options.onArchive?.(await checkContent(own, archive));
        const location: FileLocation = own ?? (await obtainArchive(archive, options));
        return readLists(location, { order: 'none' }, options);
      },
    };
  };
  return {
    ...trainAndTest(createPart('train'), createPart('test')),
    name: 'gowalla',
    license: TERMS,
    protocol: { source: 'gowalla', split: 'light-gcn' },
  };
}
