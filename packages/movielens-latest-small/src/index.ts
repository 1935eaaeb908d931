/**
 * Where the archive `ml-latest-small.zip` lies: 100,836 ratings of 9,724 films by 610 users, with times and titles.
 *
 * Licence: research use with acknowledgement, no commercial use without permission of GroupLens, redistribution under
 * the same terms; in full in this package's LICENSE and in the archive.
 *
 * @source Harper and Konstan, ACM TiiS 5(4), 2015, https://doi.org/10.1145/2827872; edition of September 2018
 */
export const archive: URL = new URL('../ml-latest-small.zip', import.meta.url);
