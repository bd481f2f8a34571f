module.exports = {
  packagerConfig: { asar: true },
  plugins: [
    {
      name: '@electron-forge/plugin-vite',
      config: {
        build: [
          { entry: 'main.js', config: 'vite.main.config.mjs', target: 'main' },
          // The sidecar is a file of its own beside main.js.
          { entry: '../app/sidecar.js', config: 'vite.main.config.mjs', target: 'main' },
          { entry: '../app/preload.js', config: 'vite.preload.config.mjs', target: 'preload' },
        ],
        renderer: [{ name: 'main_window', config: 'vite.renderer.config.mjs' }],
      },
    },
  ],
};
