// Receives the launch message and never connects.
process.on('message', () => {});
process.on('disconnect', () => process.exit(0));
