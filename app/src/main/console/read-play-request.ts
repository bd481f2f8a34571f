import { MOST_CALLS, MOST_IN_FLIGHT, type PlayRequest } from '../../bridge/playground-messages.ts';
import { wrongRequestError } from './errors.ts';

/** What a page sends may be anything. */
interface Asked {
  readonly contract?: unknown;
  readonly name?: unknown;
  readonly input?: unknown;
  readonly calls?: unknown;
  readonly inFlight?: unknown;
  readonly timeout?: unknown;
}

/** @throws TypeError for a request that can't be. */
export function readPlayRequest(asked: unknown): PlayRequest {
  if (typeof asked !== 'object' || asked === null) throw wrongRequestError('it must be an object');
  const { contract, name, input, calls, inFlight, timeout }: Asked = asked;
  if (typeof contract !== 'string' || typeof name !== 'string')
    throw wrongRequestError('it must name a contract and an operation');
  if (!isCount(calls, MOST_CALLS)) throw wrongRequestError(`the calls must be 1 to ${MOST_CALLS}`);
  if (!isCount(inFlight, MOST_IN_FLIGHT)) throw wrongRequestError(`in flight must be 1 to ${MOST_IN_FLIGHT}`);
  if (timeout !== null && !(typeof timeout === 'number' && timeout > 0))
    throw wrongRequestError('the timeout must be milliseconds above 0');
  return { contract, name, input, calls, inFlight, timeout };
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most;
}
