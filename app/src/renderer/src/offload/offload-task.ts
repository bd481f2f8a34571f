import type { OffloadResult, OffloadStep } from '../../../bridge/offload-messages.ts';
import type { AppBridge } from '../api.ts';
import type { RunTask } from '../run/perform-run.ts';

type OffloadBridge = Pick<AppBridge, 'runOffload' | 'cancelOffload' | 'onOffloadStep'>;

/** The comparison as the window runs it. */
export function createOffloadTask(bridge: OffloadBridge): RunTask<null, OffloadStep, OffloadResult> {
  return {
    begin: () => 'starting',
    async execute(_input, { signal, report }) {
      const stopHearing = bridge.onOffloadStep(report);
      // While the main process is held up, it hears of this only afterwards.
      signal.addEventListener('abort', () => void bridge.cancelOffload(), { once: true });
      try {
        return await bridge.runOffload();
      } finally {
        stopHearing();
      }
    },
  };
}
