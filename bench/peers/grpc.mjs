import { Client, credentials, Server, ServerCredentials } from '@grpc/grpc-js';

/** Unary calls over a Unix socket. Bodies are JSON or plain bytes, which costs less than protobuf would. */
const OBJECT_PATH = '/bench.Echo/Object';
const BYTES_PATH = '/bench.Echo/Bytes';

const toJson = (/** @type {unknown} */ value) => Buffer.from(JSON.stringify(value));
const fromJson = (/** @type {Buffer} */ bytes) => JSON.parse(bytes.toString());
const asIs = (/** @type {Buffer} */ bytes) => bytes;

/** @type {import('../types.d.ts').PeerModule['connect']} */
export async function connect({ folder, startEcho }) {
  const echoPid = await startEcho();
  const client = new Client(addressIn(folder), credentials.createInsecure());
  return {
    echoPid,
    echo: (value) => call((done) => client.makeUnaryRequest(OBJECT_PATH, toJson, fromJson, value, done)),
    echoBytes: (bytes) => call((done) => client.makeUnaryRequest(BYTES_PATH, asIs, asIs, bytes, done)),
    close: async () => client.close(),
  };
}

/** @type {NonNullable<import('../types.d.ts').PeerModule['serve']>} */
export async function serve({ folder }) {
  const server = new Server();
  const unary = { requestStream: false, responseStream: false };
  const json = {
    requestSerialize: toJson,
    requestDeserialize: fromJson,
    responseSerialize: toJson,
    responseDeserialize: fromJson,
  };
  const raw = { requestSerialize: asIs, requestDeserialize: asIs, responseSerialize: asIs, responseDeserialize: asIs };
  /** @type {import('@grpc/grpc-js').handleUnaryCall<any, any>} */
  const echo = ({ request }, done) => done(null, request);
  server.addService(
    { object: { path: OBJECT_PATH, ...unary, ...json }, bytes: { path: BYTES_PATH, ...unary, ...raw } },
    { object: echo, bytes: echo },
  );
  await new Promise((resolve, reject) => {
    server.bindAsync(addressIn(folder), ServerCredentials.createInsecure(), (error) =>
      error === null ? resolve(undefined) : reject(error),
    );
  });
}

/**
 * @param {(done: (error: Error | null, value?: any) => void) => unknown} start
 * @returns {Promise<any>}
 */
function call(start) {
  return new Promise((resolve, reject) => {
    start((error, value) => (error === null ? resolve(value) : reject(error)));
  });
}

/** @param {string} folder */
function addressIn(folder) {
  return `unix:${folder}grpc`;
}
