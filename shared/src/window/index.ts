export { connectSidecars, type Contracts, type Sidecars } from './connect-sidecars.ts';
export type { CallOptions } from '../contract/caller.ts';
export type { Client } from '../contract/client.ts';
export { ContractError } from '../contract/errors.ts';
export { ReplyError } from '../link/reply.ts';
export { LinkError } from '../link-error.ts';
