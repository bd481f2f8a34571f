import { exposeSidecars } from '@ipc-link/app/preload';

exposeSidecars({ demo: ['echo', 'items', 'bytes'] });
