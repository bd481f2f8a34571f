import { echoValue } from './base64.mjs';

process.on('message', (message) => process.send?.(echoValue(message)));
process.send?.('ready');
