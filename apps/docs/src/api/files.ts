import { join } from 'node:path';
import { app } from '../paths.js';

// Written with the reference, read by the site's configuration.

/** The sidebar of the API reference. */
export const sidebarFile: string = join(app, '.vitepress/api-sidebar.json');

/** Every function and value of the reference with its first sentence. */
export const componentsFile: string = join(app, '.vitepress/api-components.json');
