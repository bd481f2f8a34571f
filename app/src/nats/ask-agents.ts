import { randomBytes } from 'node:crypto';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { open, seal } from './seal.ts';
import { type Find, type Offer, readOffer, type Subjects } from './wire.ts';

/** How long to wait for the first answer, and for further ones after it: a launch is in a hurry, a list of all agents should be whole. */
const FIRST_MS = 500;
const MORE_MS = 50;
const ALL_MS = 400;

/** NATS's own answer where nobody listens. */
const NOBODY = 503;

/** Asks a group which of its agents are there. @returns What answered in time; empty where nobody did. */
export async function askAgents(
  nats: NatsConnection,
  { key, subjects, entry }: { readonly key: Uint8Array; readonly subjects: Subjects; readonly entry: string | null },
): Promise<Offer[]> {
  const find: Find = { nonce: randomBytes(16).toString('base64url'), entry };
  const offers: Offer[] = [];
  await collect(nats, {
    subject: subjects.find,
    payload: seal(key, 'find', find),
    moreMs: entry === null ? ALL_MS : MORE_MS,
    take: (bytes) => {
      const offer = readOffer(open(key, offerPurpose(find.nonce), bytes));
      if (offer !== null) offers.push(offer);
      return offer !== null;
    },
  });
  return offers;
}

/** What an answer to one question is sealed for. */
export function offerPurpose(nonce: string): string {
  return `offer ${nonce}`;
}

/** Publishes a question, and takes answers until no more come. */
function collect(
  nats: NatsConnection,
  question: {
    readonly subject: string;
    readonly payload: Uint8Array;
    readonly moreMs: number;
    /** @returns Whether it is an answer. */
    readonly take: (bytes: Uint8Array) => boolean;
  },
): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      if (!answers.isClosed()) answers.unsubscribe();
      resolve();
    };
    let timer = setTimeout(finish, FIRST_MS);
    let isAnswered = false;
    const inbox = `_INBOX.${randomBytes(16).toString('hex')}`;
    const answers = nats.subscribe(inbox, {
      callback: (error: Error | null, message: Msg) => {
        if (error !== null || message.headers?.code === NOBODY) return finish();
        if (!question.take(message.data) || isAnswered) return;
        isAnswered = true;
        clearTimeout(timer);
        timer = setTimeout(finish, question.moreMs);
      },
    });
    void answers.closed.then(finish);
    nats.publish(question.subject, question.payload, { reply: inbox });
  });
}
