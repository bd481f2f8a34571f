import { encodeGoodbye } from '../link/frame-channel.ts';
import type { LinkError } from '../link-error.ts';
import type { Port } from '../transport/port.ts';

/** Sends the error to the port's other end as a goodbye, and closes the port. A port that closes still delivers what was posted. */
export function refusePort(port: Port, error: LinkError): void {
  // The bytes are copied, because a port sends the whole ArrayBuffer that a view lies in.
  port.post(Uint8Array.from(encodeGoodbye(error)));
  port.close();
}
