import type { CallOptions } from './caller.ts';
import type { Task } from './define.ts';
import { readResult } from './validate.ts';

/** The options to call with, and the call's outcome where a report did not fit the contract. */
export interface WatchedCall {
  readonly options: CallOptions;
  /** @returns The error that ended the call, where it was a report; else the one given. */
  readonly explain: (error: unknown) => unknown;
}

/** Lets through to `onProgress` what fits the contract; a report that does not ends the call. */
export function watchProgress(operation: string, { progress: schema }: Task, options: CallOptions): WatchedCall {
  const { onProgress, signal, ...rest } = options;
  if (onProgress === undefined || schema === undefined)
    return { options: { ...rest, signal }, explain: (error) => error };
  const controller = new AbortController();
  const deliver = (result: Awaited<ReturnType<(typeof schema)['~standard']['validate']>>): void => {
    if (controller.signal.aborted) return;
    let report: unknown;
    try {
      report = readResult(result, { operation, part: 'progress' });
    } catch (error) {
      controller.abort(error);
      return;
    }
    onProgress(report);
  };
  const onReport = (report: unknown): void => {
    const result = schema['~standard'].validate(report);
    if (result instanceof Promise) result.then(deliver).catch((error: unknown) => controller.abort(error));
    else deliver(result);
  };
  return {
    options: {
      ...rest,
      signal: signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]),
      onProgress: onReport,
    },
    explain: (error) => (controller.signal.aborted ? controller.signal.reason : error),
  };
}
