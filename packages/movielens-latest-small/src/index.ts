/**
 * Location of the archive `ml-latest-small.zip`: 100,836 ratings of 9,724 movies by 610 users, with timestamps and
 * titles.
 *
 * Licence: research use with acknowledgement; commercial use requires the permission of GroupLens; redistribution under
 * the same terms. The LICENSE of this package and the README in the archive have the full terms.
 *
 * @source Harper and Konstan, ACM TiiS 5(4), 2015, https://doi.org/10.1145/2827872; edition of September 2018
 */
export const archive: URL = new URL('../ml-latest-small.zip', import.meta.url);
