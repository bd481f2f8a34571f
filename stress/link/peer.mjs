import { getHeapStatistics } from 'node:v8';
import { Server } from 'ipc-link';
import { answerParent, readArguments, tellParent } from '../process/answer-parent.mjs';
import { pause, until } from '../process/deadline.mjs';
import { readUsage } from '../process/usage.mjs';
import { Random } from '../random.mjs';
import { createFaultyTransport } from './faulty-transport.mjs';
import { addHandlers } from './handlers.mjs';
import { Ledger } from './ledger.mjs';
import { Workload } from './workload.mjs';

/** A process of the scenario `storm`: one Server that answers requests and sends some, until it is stopped or killed. */

/** `width` is the number of sends at the same time. */
const [{ name, peers, socketRoot, seed, width, isFaulty }] = readArguments();
const random = new Random(seed);
const ledger = new Ledger();
/** @type {{ isOn: boolean, askers: Promise<unknown>[] }} */
const asking = { isOn: false, askers: [] };
let { server, workload } = open();

process.on('warning', (warning) => ledger.complain(`Node warned: ${warning.name} ${warning.message}`));
process.on('uncaughtException', (error) => {
  tellParent({ type: 'exception', text: error.stack });
  process.exit(70);
});

function open() {
  const transport = isFaulty ? createFaultyTransport({ socketRoot, random }) : undefined;
  const opened = new Server(name, {
    socketRoot,
    appspace: '',
    transport,
    retry: 20,
    maxRetries: 5,
    connectTimeout: 3_000,
    heartbeat: 300,
    heartbeatTimeout: 5_000,
    maxInFlight: 300,
    maxWriteBytes: 4_194_304,
  });
  // Errors of broken connections and unreachable peers are expected in this scenario.
  opened.on('error', () => {});
  const complain = (/** @type {string} */ problem) => ledger.complain(`${name}: ${problem}`);
  addHandlers(opened, complain);
  return { server: opened, workload: new Workload(opened, { random, complain }) };
}

/** Sends one question after the other until it is stopped. */
async function ask() {
  while (asking.isOn) {
    const peer = random.pick(peers);
    // oxlint-disable-next-line no-await-in-loop -- one asker has one question at a time
    await ledger.record(workload.pick(peer));
    // oxlint-disable-next-line no-await-in-loop -- as above
    await pause(random.below(15));
  }
}

answerParent({
  ready: () => server.whenReady(),
  start: () => {
    asking.isOn = true;
    asking.askers = Array.from({ length: width }, ask);
  },
  /** Sends more requests at once than the limit allows. */
  burst: () => {
    for (let count = 0; count < 500; count++) void ledger.record(() => workload.ask(random.pick(peers)));
  },
  /** Closes the Server while it works, and opens another with the same name. */
  renew: async () => {
    await server.close({ drain: random.below(100) });
    ({ server, workload } = open());
    await server.whenReady();
  },
  /** Stops sending, and waits until every send has settled. */
  finish: async () => {
    asking.isOn = false;
    await Promise.race([Promise.all(asking.askers), pause(30_000)]);
    await until(() => ledger.open === 0, 30_000, 'The end of every send').catch(() => {});
    return ledger.balance;
  },
  close: () => server.close({ drain: 0 }),
  usage: () => {
    globalThis.gc?.();
    return { ...readUsage(process.pid), heap: getHeapStatistics().used_heap_size + process.memoryUsage().external };
  },
  peers: () => server.socketNames,
});
