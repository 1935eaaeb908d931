import { invalid } from '@footlight/core';
import { obtainArchive } from '#platform/readers/obtain-archive';
import { buildFeatures } from '../features.js';
import { type FileContent, type FileLocation, locateFile } from '../readers/file-location.js';
import { readAttributeLists } from '../readers/read-attribute-lists.js';
import type { Archive, Dataset } from '../types.js';
import { checkContent } from './check-content.js';
import { readLists } from './interaction-lists.js';

/** The data sets of S3-Rec. */
export type S3RecName = 'Beauty' | 'LastFM' | 'Sports_and_Outdoors' | 'Toys_and_Games' | 'Yelp';

export interface S3RecOptions {
  /**
   * Reads the attributes of the items as features `attribute=17`. In browsers, the file with them instead of `true`.
   * Default: no features.
   */
  readonly attributes?: boolean | FileContent;
  /**
   * The file itself, instead of one in the folder of the archives: a `File` or another `Blob`, or what `fetch`
   * returned. Browsers take it in this way only.
   */
  readonly file?: FileContent;
}

/** The SHA-256 checksums of the files in the repository: the histories, and the attributes of the items. */
const CHECKSUMS: Readonly<Record<S3RecName, readonly [histories: string, attributes: string]>> = {
  Beauty: [
    '226cce9c3105299ca0db9615d7d3fb32b3175e90da43100ae352599f0f0107b8',
    '129e40f67486f6877eff0f5318cfa8530ee8ac23d8b0d1de04e1bb7a2ba0b2d4',
  ],
  LastFM: [
    '9ded486adb5b0fe9dc761950afa0a9a05e93ff018992e0c52bf11afec529f802',
    'a4ccd678dc9ff6d43fe5073f491db5c9b02eb98dfa4f8c0382913a784be217ef',
  ],
  Sports_and_Outdoors: [
    '2a095e0648872beb9982408958290f5d655db5be2911c3756b5446de9f0b8de2',
    '7fb10733ac4f1811384a52144cdefa7fcc7536fa80a7232c5da9bd789155c34b',
  ],
  Toys_and_Games: [
    '176c680c688d497598c4a89a03b402c0fe78d795e5db335c2e78dd5f2d778a3f',
    'd371acd25101eedac04afc727626464b7acec770c4eda708705d51eb76eb1ad0',
  ],
  Yelp: [
    '724b219106b81dd2349027da997334ddb6da9fe2f152ad6e0d97a93170f7caed',
    'f25acd5e1e680e0b22fd4e3f4fb6be4b2a7461e9222610616e3e1ee6702dd58d',
  ],
};

const REPOSITORY = 'https://raw.githubusercontent.com/RUCAIBox/CIKM2020-S3Rec/master/data/';

const TERMS =
  'The repository of S3-Rec states no licence; the data belong to Amazon, Yelp and Last.fm and their users, and are ' +
  'for research.';

/**
 * The data sets of S3-Rec: one history per user, oldest first, without ratings and without times. A timestamp is the
 * position in the history, from 0.
 *
 * `Beauty`, `Sports_and_Outdoors` and `Toys_and_Games` are the 5-core of Amazon's reviews of 2014; users and items have
 * numbers of their own. Reviews of one day are in the order of Amazon's file.
 *
 * The files are `s3rec/<name>.txt` and `s3rec/<name>_item2attributes.json` in the folder of the archives.
 *
 * Licence: the repository states none; for research, under the terms of Amazon, Yelp and Last.fm.
 *
 * @example
 * s3rec('Toys_and_Games') // 167,597 interactions, 19,412 users, 11,924 items
 * @throws {RecsysError} `invalid-argument` if the name is unknown; `invalid-data`, from `load`, with the line or the
 *   item that does not fit
 * @source Zhou et al., CIKM 2020, https://arxiv.org/abs/2008.07873; https://github.com/RUCAIBox/CIKM2020-S3Rec
 */
export function s3rec(name: S3RecName, { attributes = false, file }: S3RecOptions = {}): Dataset {
  const checksums =
    (Object.hasOwn(CHECKSUMS, name) ? CHECKSUMS[name] : undefined) ??
    invalid('s3rec(name)', `one of ${Object.keys(CHECKSUMS).join(', ')}`, JSON.stringify(name));
  const [histories, itemAttributes] = ['.txt', '_item2attributes.json'].map((end, at) => ({
    fileName: `s3rec/${name}${end}`,
    url: `${REPOSITORY}${name}${end}`,
    checksum: `sha256:${checksums[at]}`,
    terms: TERMS,
  })) as [Archive, Archive];
  const locate = (option: string, content: FileContent | undefined): FileLocation | undefined =>
    content && locateFile(() => `s3rec(${option})`, { file: content });
  const own = locate('file', file);
  const ownAttributes = locate('attributes', typeof attributes === 'boolean' ? undefined : attributes);
  return {
    name: `s3rec(${name}${attributes ? ', attributes' : ''})`,
    protocol: { source: 's3rec', dataset: name, ...(attributes && { attributes: true }) },
    columns: { ratings: false, timestamps: true },
    license: TERMS,
    archives: [...(own ? [] : [histories]), ...(attributes && !ownAttributes ? [itemAttributes] : [])],
    async load(options) {
      const find = async (archive: Archive, location: FileLocation | undefined): Promise<FileLocation> => {
        if (location) options.onArchive?.(await checkContent(location, archive));
        return location ?? obtainArchive(archive, options);
      };
      const interactions = await readLists(await find(histories, own), { order: 'time' }, options);
      if (!attributes) return interactions;
      const { catalogue } = interactions;
      const values = await readAttributeLists(await find(itemAttributes, ownAttributes), catalogue.itemIds, options);
      const itemFeatures = buildFeatures([{ name: 'attribute', values }]);
      return { ...interactions, catalogue: { ...catalogue, itemFeatures } };
    },
  };
}
