/** A timer's handle: an object in Node, a number in a page. `clearTimeout` takes either. */
export type Timer = ReturnType<typeof setTimeout>;

/**
 * The functions that code for both Node and pages needs and that each does in its own way. `node.ts` and `page.ts` both export
 * all of them. The types of bytes are `Uint8Array`; the functions in Node return Buffers. Code for both uses `subarray`,
 * because `slice` copies a Uint8Array and does not copy a Buffer.
 */
export interface Platform {
  /** Bytes of any content, in memory that other values share. */
  readonly allocate: (length: number) => Uint8Array;
  /** Bytes of any content, in an ArrayBuffer of their own. */
  readonly allocateUnpooled: (length: number) => Uint8Array;
  /** Copies all parts into one array, one after the other. */
  readonly concat: (parts: readonly Uint8Array[]) => Uint8Array;

  /** Number of bytes that a text takes in UTF-8. */
  readonly utf8Length: (text: string) => number;
  /** Writes text as UTF-8 into bytes that have room for all of it, and in Node are a Buffer. @returns Number of bytes written. */
  readonly writeUtf8: (bytes: Uint8Array, text: string, position: number) => number;
  /** Reads UTF-8, from a Buffer in Node. Invalid bytes become U+FFFD. A byte order mark is kept as a character. */
  readonly readUtf8: (bytes: Uint8Array, start: number, end: number) => string;
  /** Text with one character for each byte, from a Buffer in Node. Bytes from 0x80 become different characters in Node and pages. */
  readonly readAscii: (bytes: Uint8Array, start: number, end: number) => string;
  /** Text with the character U+0000 to U+00FF for each byte, from a Buffer in Node. */
  readonly toBinaryText: (bytes: Uint8Array) => string;
  /** The reverse of `toBinaryText`. Of characters above U+00FF only the low byte is kept. */
  readonly fromBinaryText: (text: string) => Uint8Array;
  /** Little-endian UTF-16, which keeps lone surrogates. */
  readonly encodeUtf16: (text: string) => Uint8Array;
  /** The reverse of `encodeUtf16`, from a Buffer in Node. An odd byte at the end is ignored. */
  readonly decodeUtf16: (bytes: Uint8Array) => string;
  /** Base64 in the alphabet for URLs, without padding; from a Buffer in Node. */
  readonly toBase64Url: (bytes: Uint8Array) => string;
  /** Cryptographically strong random bytes. */
  readonly randomBytes: (length: number) => Uint8Array;
  /** HMAC-SHA-256 of the text. Pages hold no secret, so that this is never called there. */
  readonly hmacSha256: (secret: string | Uint8Array, text: string) => Uint8Array;
  /** Compares in constant time, so that the time taken tells nothing about the expected proof. */
  readonly isSameProof: (proof: Uint8Array, base64Url: string) => boolean;

  /** Whether the value is a Buffer. Always false in a page, which has no Buffers. */
  readonly isBuffer: (value: unknown) => value is Uint8Array;
  /** The same memory as a Buffer in Node, and as a Uint8Array in a page. */
  readonly asBuffer: (bytes: Uint8Array) => Uint8Array;

  /** The result of `Object.prototype.toString` for an object, such as `[object Date]`. */
  readonly tagOf: (value: object) => string;
  readonly isAnyArrayBuffer: (value: unknown) => value is ArrayBufferLike;
  readonly isSharedArrayBuffer: (value: unknown) => value is SharedArrayBuffer;
  readonly isMap: (value: unknown) => value is Map<unknown, unknown>;
  readonly isSet: (value: unknown) => value is Set<unknown>;
  readonly isDate: (value: unknown) => value is Date;
  readonly isRegExp: (value: unknown) => value is RegExp;
  /** True for errors of other realms too, which `instanceof Error` does not recognize. */
  readonly isNativeError: (value: unknown) => value is Error;
  readonly isBoxedPrimitive: (value: unknown) => value is { valueOf(): unknown };
  readonly isPromise: (value: unknown) => value is Promise<unknown>;
  /** Whether it is a WeakMap, WeakSet or WeakRef. */
  readonly isWeak: (value: unknown) => boolean;
  readonly isGeneratorObject: (value: unknown) => boolean;
  /** Always false in a page, where a Proxy can't be recognized and counts as the object that it shows. */
  readonly isProxy: (value: unknown) => boolean;
  /**
   * Whether the object's class, or one that it extends, is built into the page, as that of a Blob is: such an object's content
   * is not in its properties. Called for objects of none of the kinds above. Always false in Node.
   */
  readonly isBuiltIn: (value: object) => boolean;
  /** Describes any value for the reader of a log. May throw the error of a getter or of a Proxy's trap. */
  readonly inspect: (value: unknown) => string;

  /** Reports an error that no caller can get: as a process warning in Node, in the console of a page. */
  readonly warn: (error: Error) => void;

  /** Calls the function after the code that runs now has ended, before any event from outside. */
  readonly defer: <Argument>(run: (argument: Argument) => void, argument: Argument) => void;
  /** Calls the function as a microtask. `defer` does so in pages only; in Node it may run the function later than this does. */
  readonly deferBriefly: <Argument>(run: (argument: Argument) => void, argument: Argument) => void;
  /** Calls the function in a later turn of the event loop, after events that have arrived from outside. */
  readonly nextTurn: (run: () => void) => void;
  /** Keeps the timer from keeping a Node process alive. Does nothing in a page. @returns The timer. */
  readonly unref: (timer: Timer) => Timer;
}
