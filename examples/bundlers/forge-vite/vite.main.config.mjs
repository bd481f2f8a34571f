import { defineConfig } from 'vite';

export default defineConfig({
  // The plugin builds CommonJS, in which vite leaves `import.meta.url` empty.
  define: { 'import.meta.url': 'builtFileUrl' },
  build: {
    rollupOptions: {
      output: { banner: "const builtFileUrl = require('node:url').pathToFileURL(__filename).href;" },
    },
  },
});
