import { describe, expect, test } from 'vitest';
import { startChild } from '../support/child.ts';
import { overSockets } from '../support/network.ts';

overSockets((network) => {
  describe.each(['close', 'destroy'])('after %s', (end) => {
    test.each(['node-ipc', 'memory'])(
      'over %s no listener, timer, file or socket is left, and the process ends',
      async (transport) => {
        const child = startChild('live-and-leave.mjs', { socketRoot: network.socketRoot, end, transport });
        expect(await child.take('left')).toStrictEqual({
          event: 'left',
          listeners: 0,
          files: 0,
          sockets: [],
          resources: [],
        });
        expect(await child.exit()).toBe(0);
        expect(child.output).toBe('');
      },
    );
  });
});
