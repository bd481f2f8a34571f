import { handOverPorts } from 'ipc-link/electron/preload';

handOverPorts();
