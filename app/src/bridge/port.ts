/** What travels between a window and the main process for the sidecars: channel names and message shapes. No Electron here. */

/** Answered at once with a {@link Exposure}: what the window may call. */
export const DESCRIBE_CHANNEL = 'ipc-link:describe';
/** Window to main: a {@link WindowMessage}. */
export const CALL_CHANNEL = 'ipc-link:call';
/** Main to window: a {@link MainMessage}. */
export const ANSWER_CHANNEL = 'ipc-link:answer';

/** Items of a stream that may be on their way to a window or unread there. */
export const WINDOW_ITEMS = 2_048;

/** Operations by contract, each with what it is. */
export type Exposure = Readonly<Record<string, Readonly<Record<string, 'task' | 'stream'>>>>;

export type WindowMessage =
  | {
      readonly type: 'start';
      readonly id: number;
      readonly operation: string;
      readonly input: unknown;
      readonly timeout?: number;
    }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'credit'; readonly id: number; readonly items: number };

export type MainMessage =
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly type: 'items'; readonly id: number; readonly items: readonly unknown[] }
  | { readonly type: 'done'; readonly id: number; readonly output: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: PlainError };

/** An error as it crosses contextBridge, which would keep nothing but the message of an Error. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}

/** What the preload shows to the page's own world: functions and plain values only, since nothing else crosses. */
export interface SidecarPort {
  readonly exposure: Exposure;
  /** @returns The call's id, for `cancel` and `credit`. */
  start(
    operation: string,
    input: unknown,
    options: { readonly timeout?: number },
    listener: (message: MainMessage) => void,
  ): number;
  cancel(id: number): void;
  credit(id: number, items: number): void;
}

/** Name of the port in the page's world. */
export const PORT_KEY = 'ipcLinkPort';

/** @returns The message, or null when a window sent something else. */
export function readWindowMessage(message: unknown): WindowMessage | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, id, operation, input, timeout, items }: Record<string, unknown> = { ...message };
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return null;
  if (type === 'cancel') return { type, id };
  if (type === 'credit') return typeof items === 'number' && items > 0 ? { type, id, items } : null;
  if (type !== 'start' || typeof operation !== 'string') return null;
  return { type, id, operation, input, ...(typeof timeout === 'number' ? { timeout } : {}) };
}

export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  return 'code' in error && typeof error.code === 'string' ? { name, message, code: error.code } : { name, message };
}
