/** Lets a stream put bytes where they stay. */
export interface Destination {
  /** Where the next bytes belong. Either `filled` follows, or nothing was read; no `data` comes between. */
  space(): Uint8Array;
  /** So many bytes were put at the beginning of what `space` returned. */
  filled(count: number): void;
}

/** What the owner of a byte stream wants to hear. */
export interface StreamEvents {
  /** @param chunk Is the owner's from now on. */
  data(chunk: Uint8Array): void;
  /** For a stream that can read into memory that it is given; it may use `data` all the same. */
  readonly destination?: Destination;
  /** Everything written has left this process. */
  drain(): void;
  /** Called once; nothing follows. `error` says why, unless either side closed on purpose. */
  close(error?: Error): void;
}

/** A connected, ordered, two-way stream of bytes. */
export interface ByteStream {
  /** Bytes written that have not left this process. */
  readonly bytesWaiting: number;
  /** Whether what is written goes anywhere: not once either end is closing. */
  readonly isWritable: boolean;
  /**
   * Whether what is to be written should be written with the microtasks of what runs now, not after them: in Electron each
   * `process.nextTick` wakes Node's event loop once more, which costs as much as sending a message over a port.
   *
   * @default false
   */
  readonly avoidsTicks?: boolean;
  /** Starts delivery. Until then what arrives waits. Called once. */
  open(events: StreamEvents): void;
  /** Writes the parts one behind the other, in one system call where it can. They must not change until they have left. */
  write(parts: readonly Uint8Array[]): void;
  /** Stops delivering data until `resume`, which stops the peer's writing in turn. */
  pause(): void;
  resume(): void;
  /**
   * Writes no more. What was written still leaves, and what the peer writes still arrives, until the peer has ended too:
   * closing earlier would lose the peer what it has not read yet.
   */
  end(): void;
  /** Closes now. */
  destroy(): void;
}

/** A name that is listened on. */
export interface Listener {
  /** Stops accepting and frees the name at once; streams that are open stay open. */
  close(): void;
}

/** Streams by name: where a name is, and how it is reached, is the transport's business. Knows no envelope. */
export interface Transport {
  /**
   * @param onStream Called for each peer that connects.
   * @throws LinkError `ERR_LINK_NAME_TAKEN` when a live process listens under that name, `ERR_LINK_LISTEN` otherwise;
   * `ERR_LINK_PATH_TOO_LONG` for a name that the system has no room for.
   */
  listen(name: string, onStream: (stream: ByteStream) => void): Promise<Listener>;
  /**
   * One attempt, which rejects as soon as the signal is aborted.
   *
   * @throws LinkError `ERR_LINK_CONNECT` when nobody listens under that name, and after an abort; `ERR_LINK_PATH_TOO_LONG` as `listen`.
   */
  connect(name: string, signal: AbortSignal): Promise<ByteStream>;
}
