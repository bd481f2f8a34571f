import type { PlayProblem, PlayRequest, PlayState, Preview } from '../../bridge/playground-messages.ts';
import { Distribution } from './distribution.ts';
import { describeProblem } from './play-problem.ts';
import { preview } from '../../inspection/preview.ts';

const REPLY_CHARACTERS = 20_000;
const ITEM_CHARACTERS = 400;
const KEPT_ITEMS = 100;

/** Options of a client's call, as far as a run sets them. */
export interface PlayOptions {
  readonly signal: AbortSignal;
  readonly timeout?: number;
  readonly onProgress?: (report: unknown) => void;
}

/** A client's method for a task, or for a stream. */
export type PlayMethod =
  | { readonly kind: 'task'; readonly call: (input: unknown, options: PlayOptions) => Promise<unknown> }
  | { readonly kind: 'stream'; readonly call: (input: unknown, options: PlayOptions) => AsyncIterable<unknown> };

/** Makes the calls of one request, and can say at any time how far it has come. */
export class PlayRun {
  readonly #method: PlayMethod;
  readonly #request: PlayRequest;
  readonly #abort = new AbortController();
  readonly #startedAt = performance.now();
  readonly #distribution: Distribution | null;
  #elapsedMs: number | null = null;
  #end: PlayState['end'] = null;
  #reports: { count: number; newest: unknown } | null = null;
  #items: { count: number; bytes: number; newest: Preview[] } | null = null;
  #reply: Preview | null = null;
  #problem: PlayProblem | null = null;

  constructor(method: PlayMethod, request: PlayRequest) {
    this.#method = method;
    this.#request = request;
    this.#distribution = request.calls > 1 ? new Distribution(request.calls) : null;
  }

  /** Makes the calls. Never rejects. @returns How it ended. */
  async run(): Promise<PlayState> {
    const end = this.#distribution === null ? await this.#callOnce() : await this.#callOften(this.#distribution);
    this.#elapsedMs = performance.now() - this.#startedAt;
    this.#end = this.#abort.signal.aborted ? 'cancelled' : end;
    return this.state;
  }

  cancel(): void {
    this.#abort.abort();
  }

  get state(): PlayState {
    const reports = this.#reports;
    const items = this.#items;
    return {
      elapsedMs: this.#elapsedMs ?? performance.now() - this.#startedAt,
      end: this.#end,
      reports: reports && { count: reports.count, newest: preview(reports.newest, ITEM_CHARACTERS) },
      items: items && { ...items, newest: [...items.newest] },
      reply: this.#reply,
      problem: this.#problem,
      distribution: this.#distribution?.read() ?? null,
    };
  }

  async #callOnce(): Promise<'succeeded' | 'failed'> {
    const method = this.#method;
    const { input } = this.#request;
    try {
      if (method.kind === 'task') {
        const onProgress = (report: unknown): void => {
          this.#reports = { count: (this.#reports?.count ?? 0) + 1, newest: report };
        };
        this.#reply = preview(await method.call(input, { ...this.#options, onProgress }), REPLY_CHARACTERS);
      } else {
        this.#items = { count: 0, bytes: 0, newest: [] };
        for await (const item of method.call(input, this.#options)) this.#addItem(this.#items, item);
      }
      return 'succeeded';
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#problem = describeProblem(error);
      return 'failed';
    }
  }

  #addItem(items: { count: number; bytes: number; newest: Preview[] }, item: unknown): void {
    const shown = preview(item, ITEM_CHARACTERS);
    items.count++;
    items.bytes += shown.bytes;
    items.newest.push(shown);
    if (items.newest.length > KEPT_ITEMS) items.newest.shift();
  }

  async #callOften(distribution: Distribution): Promise<'succeeded'> {
    let left = this.#request.calls;
    const { signal } = this.#abort;
    const callInTurn = async (): Promise<void> => {
      while (left > 0 && !signal.aborted) {
        left--;
        const startedAt = performance.now();
        try {
          await this.#settle();
          distribution.succeeded(performance.now() - startedAt);
        } catch (error) {
          // A call that was cancelled has not failed.
          if (!signal.aborted) distribution.failed(describeProblem(error).code);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(left, this.#request.inFlight) }, callInTurn));
    return 'succeeded';
  }

  async #settle(): Promise<void> {
    const method = this.#method;
    const { input } = this.#request;
    if (method.kind === 'task') await method.call(input, this.#options);
    else for await (const _ of method.call(input, this.#options));
  }

  get #options(): PlayOptions {
    const { timeout } = this.#request;
    const { signal } = this.#abort;
    return timeout === null ? { signal } : { signal, timeout };
  }
}
