process.parentPort.on('message', ({ data }) => process.parentPort.postMessage(data));
process.parentPort.postMessage('ready');
