import type { Id } from '@footlight/trainer';
import { signal } from '@preact/signals';

/** The item whose neighbors are shown, here and on the map. */
export const selected = signal<Id | undefined>(undefined);
