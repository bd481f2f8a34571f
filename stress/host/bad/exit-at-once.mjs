process.stderr.write('This one gives up at once.\n');
process.exit(3);
