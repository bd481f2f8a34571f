import { type ReactElement, useEffect, useRef } from 'react';
import type { OffloadStep } from '../../../bridge/offload-messages.ts';
import type { AppBridge } from '../api.ts';
import { RunButton } from '../run/run-button.tsx';
import { OffloadIcon, StopIcon, WarningIcon } from '../shell/icons.tsx';
import { MessagePanel } from '../shell/message-panel.tsx';
import { OffloadResultView } from './offload-result.tsx';
import type { OffloadRun } from './offload-run.ts';
import { formatDelay, stepTexts } from './offload-text.ts';
import { useSilence } from './use-silence.ts';

export interface OffloadViewProps {
  readonly bridge: AppBridge;
  readonly run: OffloadRun;
}

/** The comparison's part of the window: why heavy work belongs in a sidecar. */
export function OffloadView({ bridge, run: { state, start, cancel } }: OffloadViewProps): ReactElement {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // Whoever goes through the tabs by the arrow keys stays there.
    if (document.activeElement?.matches('[role=tab]:focus-visible') !== true)
      form.current?.querySelector('button')?.focus({ preventScroll: true });
  }, []);
  const running = state.status === 'running';
  return (
    <>
      <form
        className="tools"
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          start(null);
        }}
      >
        <p className="tools-hint">
          The same job, first in the main process and then in sidecars. It takes about five seconds.
        </p>
        <RunButton label="Compare" ready primary running={running} platform={bridge.platform} onCancel={cancel} />
      </form>
      <div className="content">
        {state.status === 'running' ? (
          <OffloadProgress step={state.progress} bridge={bridge} />
        ) : state.status === 'done' ? (
          <OffloadResultView result={state.result} />
        ) : state.status === 'failed' ? (
          <div className="error-panel" role="alert" data-testid="error">
            <MessagePanel icon={<WarningIcon />} tone="bad" title="The comparison failed">
              <p>{state.error.message}</p>
            </MessagePanel>
          </div>
        ) : state.status === 'cancelled' ? (
          <MessagePanel icon={<StopIcon />} title="Cancelled">
            <p>The sidecars have been ended. Nothing was measured to the end.</p>
          </MessagePanel>
        ) : (
          <MessagePanel icon={<OffloadIcon />} tone="accent" title="What heavy work does to an app">
            <p>
              An Electron app has one main process. While it computes, no menu opens and no window gets an answer.
              Compare counts primes in the main process, then in sidecars, and draws how late the main process answers.
              Expect the app to hang for a moment first: that is the point.
            </p>
          </MessagePanel>
        )}
      </div>
    </>
  );
}

function OffloadProgress({ step, bridge }: { readonly step: OffloadStep; readonly bridge: AppBridge }): ReactElement {
  const silentMs = useSilence(bridge);
  const { title, text } = stepTexts[step];
  const isSilent = silentMs > 150;
  return (
    <section
      className="progress-panel offload-progress"
      aria-label="Progress"
      data-testid="offload-progress"
      data-step={step}
    >
      <h2 className="message-title">{title}</h2>
      <p className="muted">{text}</p>
      <p className={isSilent ? 'offload-answer bad' : 'offload-answer good'} data-testid="offload-answer">
        {isSilent ? `The main process has not answered for ${formatDelay(silentMs)}.` : 'The main process answers.'}
      </p>
    </section>
  );
}
