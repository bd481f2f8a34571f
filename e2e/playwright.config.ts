import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  outputDir: '../test-results/e2e',
  globalSetup: './src/prepare.ts',
  timeout: 60_000,
  // Each test has an Electron of its own, which waits as often as it computes: on two cores the run takes a fifth less than with one worker.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
});
