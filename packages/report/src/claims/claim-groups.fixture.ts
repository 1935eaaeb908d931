import type { ClaimGroup } from './claim.js';

/** Claims about the experiments of the sample. */
export const groups: ClaimGroup[] = [
  {
    title: 'A paper',
    folder: 'sample',
    claims: [
      { statement: 'wide wins', better: 'sample/grid-200-vae', than: 'sample/grid-50-vae', metric: 'ndcg@100' },
      { statement: 'absent wins', better: 'sample/absent', than: 'sample/grid-50-vae', metric: 'ndcg@100' },
      { statement: 'of another folder', better: 'other/a', than: 'other/b', metric: 'mrr' },
    ],
  },
];
