import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng, RecsysError, table } from 'footlight';

const folder = await mkdtemp(join(tmpdir(), 'footlight-'));
const files = {
  'missing-id.csv': 'user,item,rating\nann,1,4\n,2,5\n',
  'broken-rating.csv': 'user,item,rating\nann,1,4\nbob,2,five\n',
  'wrong-column.csv': 'userId,item,rating\nann,1,4\n',
  'milliseconds.csv': 'user,item,rating,time\nann,1,4,1767225600000\n',
  'broken-line.jsonl': '{"user": "ann", "item": 1, "rating": 4}\n{"user": "bob", "item"\n',
};
for (const [name, text] of Object.entries(files)) {
  const path = join(folder, name);
  await writeFile(path, text);
  const columns = { user: 'user', item: 'item', rating: 'rating', ...(text.includes('time') && { timestamp: 'time' }) };
  try {
    await table({ path, ...columns }).load({ rng: createRng(42) });
  } catch (error) {
    if (!(error instanceof RecsysError)) throw error;
    console.log(`${error.code}\n  ${error.message}`);
  }
}
