import type { DefaultTheme } from 'vitepress';

/** The menu at the top. */
export const navigation: DefaultTheme.NavItem[] = [
  { text: 'Guide', link: '/guide/getting-started', activeMatch: '^/(guide|concepts)/' },
  { text: 'Reproductions', link: '/reproductions/', activeMatch: '^/reproductions/' },
  { text: 'Command line', link: '/guide/command-line' },
  { text: 'API', link: '/api/', activeMatch: '^/api/' },
  // No page of VitePress: opened as a page of its own.
  { text: 'Playground', link: '/playground/', target: '_self' },
];

/** Every page that is no part of the API reference. */
export const guideSidebar: DefaultTheme.SidebarItem[] = [
  {
    text: 'Guide',
    items: [
      { text: 'Getting started', link: '/guide/getting-started' },
      { text: 'Your own data', link: '/guide/your-own-data' },
      { text: 'Saved models', link: '/guide/saved-models' },
      { text: 'Serving', link: '/guide/serving' },
      { text: 'In the browser', link: '/guide/in-the-browser' },
      { text: 'Models elsewhere', link: '/guide/leaving-footlight' },
      { text: 'Choosing a model', link: '/guide/choosing-a-model' },
      { text: 'Hyperparameter search', link: '/guide/hyperparameter-search' },
      { text: 'The command line', link: '/guide/command-line' },
      { text: 'Names of components', link: '/guide/component-names' },
      { text: 'Backends', link: '/guide/backends' },
      { text: 'Speed', link: '/guide/speed' },
    ],
  },
  {
    text: 'Extending',
    items: [
      { text: 'Writing a loss', link: '/guide/writing-a-loss' },
      { text: 'Writing a representation', link: '/guide/writing-a-representation' },
      { text: 'Writing a metric', link: '/guide/writing-a-metric' },
      { text: 'Contributing', link: '/guide/contributing' },
    ],
  },
  {
    text: 'Migrating',
    items: [
      { text: 'From Spotlight', link: '/guide/from-spotlight' },
      { text: 'From LightFM', link: '/guide/from-lightfm' },
      { text: 'From implicit', link: '/guide/from-implicit' },
      { text: 'From RecBole', link: '/guide/from-recbole' },
    ],
  },
  {
    text: 'Reproductions',
    items: [
      { text: 'Protocols', link: '/reproductions/protocols' },
      { text: 'All five at a glance', link: '/reproductions/' },
      { text: 'Neural networks for recommendations', link: '/reproductions/talk' },
      { text: 'PyTorch for recommenders 101', link: '/reproductions/ratings' },
      { text: 'Triplet loss lab', link: '/reproductions/triplet' },
      { text: 'Multiplicative LSTM', link: '/reproductions/mlstm4reco' },
      { text: 'Mult-VAE and Mult-DAE', link: '/reproductions/mult-vae' },
      { text: "Next items on Amazon's reviews", link: '/reproductions/s3rec' },
      { text: 'Gowalla: factorization, autoencoders, graphs', link: '/reproductions/gowalla-learned' },
    ],
  },
];
