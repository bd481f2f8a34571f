import type { AbortWatch } from '../call/abort-watch.ts';
import type { CallOptions } from './caller.ts';
import type { Task } from './define.ts';
import { readResult } from './validate.ts';

/** The options to call with, and the call's outcome where a report did not fit the contract. */
export interface WatchedCall {
  readonly options: CallOptions;
  /** @returns The error that ended the call, where it was a report; else the one given. */
  readonly explain: (error: unknown) => unknown;
  /** To be called once the call has settled: nothing is left on its signal. */
  readonly end: () => void;
}

const unwatched: Omit<WatchedCall, 'options'> = { explain: (error) => error, end: () => {} };

/**
 * Lets through to `onProgress` what fits the contract; a report that does not ends the call.
 *
 * @param aborts Those of the client. `AbortSignal.any` would leave something on a long-lived signal with each call.
 */
export function watchProgress(
  operation: string,
  { progress: schema }: Task,
  { options, aborts }: { readonly options: CallOptions; readonly aborts: AbortWatch },
): WatchedCall {
  if (options.onProgress === undefined) return { options, ...unwatched };
  const { onProgress, signal, ...rest } = options;
  if (schema === undefined) return { options: { ...rest, signal }, ...unwatched };
  const controller = new AbortController();
  let misfit: { readonly error: unknown } | null = null;
  const refuse = (error: unknown): void => {
    misfit ??= { error };
    controller.abort(error);
  };
  const deliver = (result: Awaited<ReturnType<(typeof schema)['~standard']['validate']>>): void => {
    if (controller.signal.aborted) return;
    let report: unknown;
    try {
      report = readResult(result, { operation, part: 'progress' });
    } catch (error) {
      refuse(error);
      return;
    }
    onProgress(report);
  };
  const onReport = (report: unknown): void => {
    const result = schema['~standard'].validate(report);
    if (result instanceof Promise) result.then(deliver).catch(refuse);
    else deliver(result);
  };
  return {
    options: { ...rest, signal: controller.signal, onProgress: onReport },
    explain: (error) => (misfit === null ? error : misfit.error),
    end: signal === undefined ? () => {} : forwardAbort(signal, controller, aborts),
  };
}

/** Aborts the controller with the signal. @returns Stops that. */
function forwardAbort(signal: AbortSignal, controller: AbortController, aborts: AbortWatch): () => void {
  const abort = (): void => controller.abort(signal.reason);
  if (!signal.aborted) return aborts.add(signal, abort);
  abort();
  return () => {};
}
