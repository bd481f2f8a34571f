import { encodeGoodbye } from '../link/frame-channel.ts';
import type { LinkError } from '../link-error.ts';
import type { Port } from '../transport/port.ts';

/** Tells whoever holds the port's other end why it gets no answer, and closes. What was posted before still arrives. */
export function refusePort(port: Port, error: LinkError): void {
  // A port sends all of the memory that the bytes lie in.
  port.post(Uint8Array.from(encodeGoodbye(error)));
  port.close();
}
