import { files } from '#contracts/files';
import { checksum } from './files/checksum.ts';
import { manifest } from './files/manifest.ts';
import { printSearch } from './files/print-search.ts';
import { search } from './files/search.ts';
import { thumbnails } from './files/thumbnails.ts';
import { verify } from './files/verify.ts';
import { serve } from './serve.ts';

await serve(files, { checksum, manifest, search, printSearch, thumbnails, verify });
