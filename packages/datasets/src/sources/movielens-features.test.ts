import { describe, expect, it } from 'vitest';
import { minimumRating } from '../filters/minimum-rating.js';
import { listFeatures } from '../fixtures.js';
import { createTemporaryFolder, loadFrom, zipFiles } from '../temporary-folder.fixture.js';
import { archives, csv, load, MOVIES, MOVIES_100K, USERS } from './movielens.fixture.js';
import { movielens } from './movielens.js';

describe('movielens, features', () => {
  it('numbers features by field: genres, years; ages, genders, occupations', async () => {
    const { catalogue } = await load('1m');
    expect(catalogue.itemFeatures!.names).toEqual(['genre=Drama', 'genre=Sci-Fi', 'year=1995', 'year=1996']);
    expect(catalogue.userFeatures!.names).toEqual([
      'age=50–55',
      'age=under 18',
      'gender=F',
      'gender=M',
      'occupation=K-12 student',
      'occupation=other',
    ]);
  });

  it('has no user features if a sample has no file of users', async () => {
    const { 'ml-1m/users.dat': _, ...without } = archives['ml-1m.zip']!;
    const folder = createTemporaryFolder({ 'sample.zip': zipFiles(without) });
    const { catalogue } = await movielens('1m', { archive: 'sample.zip' }).load(loadFrom(folder));
    expect(catalogue).not.toHaveProperty('userFeatures');
    expect(listFeatures(catalogue.itemFeatures)).toEqual(MOVIES);
  });

  it.each([
    ['0', 'under 18'],
    ['17', 'under 18'],
    ['18', '18–24'],
    ['24', '18–24'],
    ['25', '25–34'],
    ['34', '25–34'],
    ['35', '35–44'],
    ['44', '35–44'],
    ['45', '45–49'],
    ['49', '45–49'],
    ['50', '50–55'],
    ['55', '50–55'],
    ['56', '56+'],
  ])('assigns the age %s to the band %s', async (age, band) => {
    const files = { ...archives['ml-100k.zip']!, 'ml-100k/u.user': `11|${age}|F|other|\n` };
    const { catalogue } = await movielens('100k').load(
      loadFrom(createTemporaryFolder({ 'ml-100k.zip': zipFiles(files) })),
    );
    expect(listFeatures(catalogue.userFeatures)).toEqual([[], [`age=${band}`, 'gender=F', 'occupation=other']]);
  });

  it('keeps features with their users and items in filters', async () => {
    const { catalogue } = minimumRating({ rating: 4 }).apply(await load('100k'));
    expect([[...catalogue.userIds], [...catalogue.itemIds]]).toEqual([[11], [7, 1193]]);
    expect(listFeatures(catalogue.userFeatures)).toEqual(USERS['100k']!.slice(1));
    expect(listFeatures(catalogue.itemFeatures)).toEqual(MOVIES_100K.slice(1));
  });

  it('finds the year at the end of a title without a release date', async () => {
    const movies =
      'movieId,title,genres\n5,Assembly (Ji jie hao) (2007) ,War\n7,2001: A Space Odyssey,\n1193,Heat (1995) again,\n';
    const csvFolder = createTemporaryFolder({
      'ml-20m.zip': zipFiles({ 'ml-20m/movies.csv': movies, 'ml-20m/ratings.csv': csv }),
    });
    const loaded = await movielens('20m').load(loadFrom(csvFolder));
    expect(listFeatures(loaded.catalogue.itemFeatures)).toEqual([['genre=War', 'year=2007'], [], []]);
    const files = { ...archives['ml-100k.zip']!, 'ml-100k/u.item': '5|Nadja (1994)|||http://a|0|0|1\n' };
    const withoutDate = await movielens('100k').load(
      loadFrom(createTemporaryFolder({ 'ml-100k.zip': zipFiles(files) })),
    );
    expect(listFeatures(withoutDate.catalogue.itemFeatures)).toEqual([['genre=Drama', 'year=1994'], [], []]);
  });

  it('accepts commas and quotation marks in titles', async () => {
    const movies = 'movieId,title,genres\n5,"Usual ""Suspects"", The (1995)",Crime\n';
    const folder = createTemporaryFolder({
      'ml-20m.zip': zipFiles({ 'ml-20m/movies.csv': movies, 'ml-20m/ratings.csv': csv }),
    });
    const { catalogue } = await movielens('20m').load(loadFrom(folder));
    expect(catalogue.itemTitles).toEqual(['Usual "Suspects", The (1995)', '', '']);
  });
});
