/** The packages that run in browsers: their files import no module of Node there, and their bundles are tested. */
export const browserPackages: readonly string[] = [
  'core',
  'datasets',
  'engine',
  'layers',
  'losses',
  'metrics',
  'models',
  'studies',
  'trainer',
];
