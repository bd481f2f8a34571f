const { DefinePlugin } = require('webpack');

module.exports = {
  packagerConfig: { asar: true },
  plugins: [
    {
      name: '@electron-forge/plugin-webpack',
      config: {
        mainConfig: {
          entry: { index: './main.js', sidecar: '../app/sidecar.js' },
          output: { filename: '[name].js' },
          // webpack would put in the address that the source has on the machine that builds.
          plugins: [new DefinePlugin({ 'import.meta.url': `require('node:url').pathToFileURL(__filename).href` })],
        },
        renderer: {
          config: {},
          entryPoints: [
            { name: 'main_window', html: './index.html', js: '../app/page.js', preload: { js: '../app/preload.js' } },
          ],
        },
      },
    },
  ],
};
