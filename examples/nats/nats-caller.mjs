// For those whose services are on NATS already: a contract is a service there, and an operation an endpoint.
//
// What it can't promise, and natsLauncher of ipc-link/nats can:
// - A service that dies says nothing: the call waits for its timeout. It may have acted, and NATS may have given it to nobody.
// - Giving a call up ends only the waiting. The handler goes on, and its signal is never aborted.
// - No streams and no progress; no back-pressure for a service that is too slow, which NATS disconnects in the end.
// - A service is chosen at random, however busy it is, and calls of one caller may overtake each other.
// - At most 1 MiB per call, JSON only, and whoever may publish to the subject may call.

/** Made for `createClient`. @param {import('@nats-io/transport-node').NatsConnection} nats */
export function natsCaller(nats) {
  return {
    async call(operation, input, { signal, timeout = 5_000 }) {
      signal?.throwIfAborted();
      const request = nats.request(operation, JSON.stringify(input ?? null), {
        timeout: Math.min(timeout, 2 ** 31 - 1),
      });
      const { value, error } = (await untilAborted(request, signal)).json();
      if (error !== undefined) throw new Error(error);
      return value;
    },
    stream(operation) {
      throw new Error(`${operation}: NATS has no streams of answers with back-pressure.`);
    },
  };
}

/** The other side. Each process that serves a contract so gets a part of its calls. */
export function serveOnNats(nats, contract, handlers) {
  for (const [name, { input }] of Object.entries(contract.operations)) {
    nats.subscribe(`${contract.name}.${name}`, {
      queue: contract.name,
      callback: async (_, message) => {
        try {
          const { value, issues } = await input['~standard'].validate(message.json());
          if (issues !== undefined) throw new Error(issues[0]?.message);
          const context = { id: message.reply, signal: new AbortController().signal, progress() {}, log: console };
          message.respond(JSON.stringify({ value: await handlers[name](value, context) }));
        } catch (error) {
          message.respond(JSON.stringify({ error: String(error) }));
        }
      },
    });
  }
}

async function untilAborted(promise, signal) {
  if (signal === undefined) return promise;
  const aborted = new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([promise, aborted]);
}
