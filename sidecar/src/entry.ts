import { files } from '@ipc-link/shared/contracts/files';
import { checksum } from './files/checksum.ts';
import { search } from './files/search.ts';
import { serve } from './serve.ts';

await serve(files, { checksum, search });
