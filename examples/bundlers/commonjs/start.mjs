// Loads what is an ES module, before the app is ready, and hands it to the CommonJS of the main process.
import * as electronMain from 'ipc-link/electron/main';
import * as utility from 'ipc-link/electron/utility';
import * as host from 'ipc-link/host';
import * as contracts from '../app/contract.js';
import main from './main.cjs';

main({ ...electronMain, ...utility, ...host, ...contracts });
