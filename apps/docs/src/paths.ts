import { fileURLToPath } from 'node:url';

/** The repository. */
export const root: string = fileURLToPath(new URL('../../..', import.meta.url));

/** The folder of this app. */
export const app: string = fileURLToPath(new URL('..', import.meta.url));

/** The Markdown that becomes the site. */
export const pages: string = fileURLToPath(new URL('../pages', import.meta.url));

/** Where the built site goes. */
export const site: string = fileURLToPath(new URL('../dist', import.meta.url));

/** The app that becomes the folder `playground` of the site. */
export const playground: string = fileURLToPath(new URL('../../playground', import.meta.url));
