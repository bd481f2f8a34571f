export { CONNECT } from './channel.ts';
export { DESCRIBE_TASK, describeContract, type ExposedContract, type Exposure, PORT_SERVER } from './exposure.ts';
export { tooManyPortsError, untrustedPageError } from './errors.ts';
export { refusePort } from './refuse-port.ts';
export { type PortLimits, servePort } from './serve-port.ts';
export { fromMainPort, fromWebPort, type MainPort, type Port, type WebPort } from '../transport/port.ts';
export {
  type DirectLoad,
  EXPLAIN_TASK,
  LOAD_TASK,
  MOVE_PAGES_TASK,
  MOVE_TASK,
  PORT_MESSAGE,
  type PortMessage,
  readDirectName,
  readLoad,
  readPortMessage,
} from './direct.ts';
