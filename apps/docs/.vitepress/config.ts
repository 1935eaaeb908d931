// Vite bundles what is imported here, and cannot read the packages' sources; a computed import is left to Node.
const { siteConfig } = (await import(
  new URL('../src/site-config.ts', import.meta.url).href
)) as typeof import('../src/site-config.js');

export default siteConfig;
