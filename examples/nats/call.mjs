// Calls a contract's operation on NATS. Both sides are in one program here, each with a connection of its own.
import { connect } from '@nats-io/transport-node';
import { createClient } from 'ipc-link/contract';
import { primes } from '../primes/contract.mjs';
import { natsCaller, serveOnNats } from './nats-caller.mjs';

const servers = process.env.NATS_URL ?? 'nats://127.0.0.1:4222';
const service = await connect({ servers });
serveOnNats(service, primes, {
  count({ below }) {
    const numbers = Array.from({ length: below }, (_, number) => number).slice(2);
    return numbers.filter((number) => numbers.every((each) => each * each > number || number % each !== 0)).length;
  },
});
await service.flush();

const nats = await connect({ servers });
const client = createClient(primes, natsCaller(nats));
console.log(`${await client.count({ below: 100 })} primes below 100`);
await client.count({ below: -1 }).catch((error) => console.log(error.code));
// The server has heard that it serves no more when this resolves.
await service.drain();
// Nobody answers any more: only because NATS knows that nobody listens does this come before the timeout.
await client.count({ below: 100 }, { timeout: 1_000 }).catch((error) => console.log(error.name));
await nats.close();
