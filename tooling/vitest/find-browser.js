import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** FOOTLIGHT_BROWSER, or a Chromium on the path. */
export function findBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const candidates = [
    process.env.FOOTLIGHT_BROWSER ?? [],
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
  ].flat();
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
