import { RecsysError } from '@footlight/core';

/**
 * Loads an optional peer dependency.
 *
 * @throws {RecsysError} `missing-package`, with the command that installs it
 */
export async function loadPeer<Module>(where: string, name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new RecsysError(
      'missing-package',
      `${where}: expected the package ${name}, which is not installed. Install it: npm install ${name}`,
      { cause },
    );
  }
}
