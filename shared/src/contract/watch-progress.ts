import type { AbortWatch } from '../call/abort-watch.ts';
import type { CallOptions } from './caller.ts';
import type { Task } from './define.ts';
import { readResult } from './validate.ts';

/** The options for a call, and the error that ends the call if a report does not fit the contract. */
export interface WatchedCall {
  readonly options: CallOptions;
  /** @returns The error of the report that ended the call, or else the given error. */
  readonly explain: (error: unknown) => unknown;
  /** Removes the listener from the signal of the call. To be called once the call has settled. */
  readonly end: () => void;
}

const unwatched: Omit<WatchedCall, 'options'> = { explain: (error) => error, end: () => {} };

/**
 * Passes reports that fit the contract to `onProgress`. A report that does not fit ends the call.
 *
 * @param aborts The watch of the client. `AbortSignal.any` would leave something on a long-lived signal with each call.
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
