import type { Described } from '@footlight/core';

/**
 * The protocol of data of one's own. They are identified by their fingerprint alone, so that equal data have one
 * protocol whatever file, format or columns they come from.
 */
export const OWN_DATA: Described['protocol'] = { name: 'own data' };
