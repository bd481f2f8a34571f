import { DESCRIBE_TASK, EXPLAIN_TASK, type Exposure, type Port, type PortLimits, servePort } from '#port';
import type { WebFrameMain } from 'electron';
import type { DirectPorts } from './direct-ports.ts';
import { type CallSource, forwardContract, passOn } from './forward-calls.ts';
import type { ExposedContract } from './serve-windows.ts';

export interface Page {
  readonly source: CallSource;
  readonly exposed: readonly ExposedContract[];
  readonly exposure: Exposure;
  readonly limits: PortLimits | undefined;
  readonly directPorts: DirectPorts;
  readonly frame: WebFrameMain;
}

/**
 * Serves a page in the main process: answers which operations it may call and why it lost a port, and forwards its calls of
 * contracts that are not served direct.
 */
export function servePage(port: Port, page: Page): void {
  const { source, exposed, exposure, limits, directPorts, frame } = page;
  const server = servePort(port, { limits });
  server.handle(DESCRIBE_TASK, (message) => message.reply({ value: exposure }));
  server.handle(EXPLAIN_TASK, async (message) => {
    const reason = await directPorts.explain(frame, message.data);
    if (reason === null) message.reply();
    else passOn(message, reason);
  });
  for (const { contract, operations, direct, authorize } of exposed) {
    if (direct === true) continue;
    forwardContract(server, source, {
      contract,
      operations,
      authorize: (operation, input) => authorize?.(operation, input, frame),
    });
  }
}
