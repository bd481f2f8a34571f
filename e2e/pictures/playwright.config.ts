import { defineConfig } from '@playwright/test';

/** Not tests: each file makes pictures with the app, as `npm run icons` and `npm run walk` do. */
export default defineConfig({
  testMatch: '*.picture.ts',
  outputDir: '../../test-results/pictures',
  globalSetup: '../src/prepare.ts',
  timeout: 300_000,
  workers: 1,
  reporter: 'line',
});
