// Run by a test in a process of its own: obtains an archive without a published checksum.
import { obtainArchive } from './obtain-archive.js';

const [url, directory, fileName] = process.argv.slice(2) as [string, string, string];
await obtainArchive({ fileName, url }, { directory }, { attempts: 3, milliseconds: 1 });
