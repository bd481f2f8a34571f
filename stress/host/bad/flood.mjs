// Floods stderr from its start on, without end.
const line = `${'!'.repeat(1_000)}\n`;
const shout = () => {
  for (let count = 0; count < 1_000; count++) process.stderr.write(line);
};
for (let count = 0; count < 20; count++) shout();
await import('../sidecar.mjs');
setInterval(shout, 20).unref();
