/** A peer that is measured: how its process is started, and its workloads. */
export interface Peer {
  readonly id: string;
  /** As the table shows it. */
  readonly title: string;
  /** Module in `peers/`, without its ending. */
  readonly module: string;
  readonly settings: Readonly<Record<string, string | boolean>>;
  /** Whether main is a plain Node or an Electron, without windows or with them. */
  readonly place: 'node' | 'electron' | 'window';
  /** Peers of one group share a main process. */
  readonly group: string;
  readonly workloads: readonly WorkloadName[];
}

/** Both processes on one core, or wherever the kernel puts them. */
export type Mode = 'pinned' | 'unpinned';

export type WorkloadName =
  | 'roundTrip'
  | 'inFlight'
  | 'quarterMebibyte'
  | 'oneMebibyte'
  | 'sixteenMebibytes'
  | 'sixtyFourMebibytes'
  | 'startUp'
  | 'recovery'
  | 'eventLoopDelay'
  | 'eventLoopDelayOfBytes'
  | 'windowRoundTrip'
  | 'windowStream'
  | 'windowBytes'
  | 'windowWakes';

/** What one slice of a workload gives: named figures. */
export type Figures = Readonly<Record<string, number>>;

/** A peer that is ready to be measured, as its module's `connect` returns it. Each workload needs its own method. */
export interface Subject {
  /** Sends the value to the other process; resolves with what came back. */
  echo?(value: object): Promise<unknown>;
  /** The same where many are under way and waiting a moment for others pays. */
  echoMany?(value: object): Promise<unknown>;
  /** Sends bytes; resolves with the bytes that came back. */
  echoBytes?(bytes: Buffer): Promise<Uint8Array>;
  /** Starts one more process and ends it. Resolves with the milliseconds until it was ready. */
  startUp?(): Promise<number>;
  /** Kills a process. Resolves with the milliseconds until calls can be made again. */
  recover?(): Promise<number>;
  /** Keeps sidecars fully busy until the function that it resolves with is called. */
  saturate?(load: Load): Promise<() => Promise<void>>;
  /** A window whose page does the work. */
  readonly page?: MeasuredPage;
  /** The other process, for its CPU time. */
  readonly echoPid?: number | undefined;
  close(): Promise<void>;
}

/** What keeps sidecars busy: short work with small results, or results of 1 MiB. */
export type Load = 'calls' | 'bytes';

/** What a page can be told to do for a while. */
export type PageWork = 'roundTrip' | 'stream' | 'bytes';

export interface PageFigures extends Figures {
  /** How often it was done. */
  readonly count: number;
}

/** A page as main sees it. */
export interface MeasuredPage {
  readonly pid: number;
  measure(work: PageWork, milliseconds: number): Promise<PageFigures>;
  close(): void;
}

/** A peer as its page sees it. Each work needs its own method. */
export interface PageSubject {
  /** Sends the value to the helper process; resolves with what came back. */
  echo?(value: object): Promise<unknown>;
  /** Reads so many items, until `take` says that it wants no more; resolves when no more come. */
  readItems?(count: number, take: (item: unknown) => boolean): Promise<void>;
  /** Asks for a mebibyte. */
  takeBytes?(): Promise<Uint8Array>;
}

export interface ConnectContext {
  readonly settings: Peer['settings'];
  /** A folder of its own, with its closing slash. */
  readonly folder: string;
  /** Runs the module's `serve` in a second process. Resolves with its pid once it is ready. */
  startEcho(): Promise<number | undefined>;
}

export interface ServeContext {
  readonly settings: Peer['settings'];
  readonly folder: string;
}

export interface PeerModule {
  connect(context: ConnectContext): Promise<Subject>;
  /** Only of peers whose `connect` calls `startEcho`. */
  serve?(context: ServeContext): Promise<void>;
}

/** Orders to an agent, and its answers. */
export interface Order {
  readonly number: number;
  readonly peer: string;
  readonly workload: WorkloadName;
  /** How long the slice takes. */
  readonly milliseconds: number;
}

export type Answer =
  | { readonly type: 'ready'; readonly number: null; readonly electron: string | null }
  | { readonly type: 'figures'; readonly number: number; readonly figures: Figures }
  | { readonly type: 'failure'; readonly number: number | null; readonly message: string };

/** Everything measured: mode, workload, figure, peer, then one number a round (null where it failed). */
export type Samples = Record<string, Record<string, Record<string, Record<string, (number | null)[]>>>>;

export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export interface Verdict {
  readonly work: string;
  readonly promise: string;
  /** Median of the rounds' ratios (or of the figure itself, where the budget is absolute); null where it was not measured. */
  readonly measured: Spread | null;
  readonly unit: '×' | 'ms' | 'times';
  readonly isMet: boolean | null;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly kernel: string;
  readonly node: string;
  readonly electron: string | null;
  readonly isPinned: boolean;
  readonly pinnedCore: number | null;
}

/** One piece of work of the file tasks, and how long each contender took in each round. */
export interface FilesWork {
  readonly title: string;
  readonly times: readonly { readonly id: string; readonly title: string; readonly milliseconds: readonly number[] }[];
}

/** A figure of the desktop app, of each round. */
export interface AppFigure {
  readonly title: string;
  readonly unit: string;
  readonly values: readonly number[];
}

export interface Report {
  readonly version: 1;
  readonly date: string;
  readonly isQuick: boolean;
  readonly minutes: number;
  readonly machine: Machine;
  readonly modes: Readonly<Record<Mode, { readonly generations: number; readonly rounds: number }>>;
  readonly peers: readonly { readonly id: string; readonly title: string; readonly place: Peer['place'] }[];
  readonly samples: Samples;
  readonly budgets: readonly Verdict[];
  readonly files: readonly FilesWork[];
  readonly app: readonly AppFigure[];
  readonly notes: readonly string[];
}
