import { useBackend } from '@footlight/engine';

/** Starts the backend of this name, or without a name the best that works here. */
export async function startBackend(name: string | undefined): Promise<void> {
  await useBackend(name === undefined ? {} : { backend: name as never });
}
