export { AbortWatch } from '../call/abort-watch.ts';
export type { Caller, CallingServer, CallOptions, CarryOptions, Forwarder } from './caller.ts';
export { linkCaller } from './caller.ts';
export { type CallArguments, type Client, createClient } from './client.ts';
export {
  type Contract,
  defineContract,
  type InputOf,
  type ItemOf,
  type Operation,
  type Operations,
  type OutputOf,
  type ParsedInputOf,
  type ProgressOf,
  type ReportOf,
  type ResultOf,
  type Schema,
  type Stream,
  stream,
  type Task,
  task,
  type YieldOf,
} from './define.ts';
export { ContractError } from './errors.ts';
export { estimateBytes } from './estimate-bytes.ts';
export {
  ENDPOINT_ARGUMENT,
  LAUNCH_MESSAGE,
  type LaunchAddress,
  type LaunchInfo,
  type LaunchMessage,
  readLaunchMessage,
} from './launch-info.ts';
export {
  createLog,
  formatLogRecord,
  type Log,
  LOG_TASK,
  type LogFields,
  type LogLevel,
  logLevels,
  type LogRecord,
} from './log.ts';
export { type HandlerContext, type Handlers, type HandlingServer, serveContract } from './serve-contract.ts';
