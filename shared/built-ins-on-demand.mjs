/**
 * What node-ipc imports for connections that a Server never opens: TLS and UDP. Loaded at once they would be a tenth of what a
 * sidecar loads at its start, so that each is loaded when something of it is used.
 */
const onDemand = ['node:tls', 'node:dgram'];

/**
 * node-ipc finds js-queue by a `require` of its own, and only where `config.sync` is set, which no Server sets. The real `createRequire` would
 * throw at once in a CommonJS bundle, where `import.meta.url` is undefined. And a bundler that puts a `require` in its place, as webpack can be told to,
 * would use node-ipc's own before it is there.
 */
const createRequire = `export const createRequire = () => (name) => {
  throw new Error(\`\${name} is not part of the node-ipc in ipc-link: it is for config.sync, which is never set.\`);
};`;

const modules = new Map([
  ...onDemand.map((name) => [
    name,
    `export default new Proxy({}, { get: (_, key) => process.getBuiltinModule('${name}')[key] });`,
  ]),
  ['node:module', createRequire],
]);

const prefix = '\0on-demand:';

/**
 * A plugin for rolldown: node-ipc's code stays as it is, but for that argument, and gets these modules of Node when it uses them.
 *
 * @type {import('rolldown').Plugin}
 */
export const builtInsOnDemand = {
  name: 'built-ins-on-demand',
  resolveId: (source, importer) =>
    modules.has(source) && /[\\/]node_modules[\\/]node-ipc[\\/]/.test(importer ?? '') ? prefix + source : null,
  load: (id) => (id.startsWith(prefix) ? modules.get(id.slice(prefix.length)) : null),
  transform: (code, id) =>
    id.includes('/node_modules/node-ipc/') ? code.replace('createRequire(import.meta.url)', 'createRequire()') : null,
};
