/** What a timer's handle is: Node's object, or a page's number. `clearTimeout` takes either. */
export type Timer = ReturnType<typeof setTimeout>;

/**
 * What the code that runs in Node and in pages alike needs of the place where it runs. `node.ts` and `page.ts` both export
 * all of it. Bytes are `Uint8Array`s here; in Node those that are made here are Buffers. (`slice` copies the one and not the
 * other, so that shared code uses `subarray`.)
 */
export interface Platform {
  /** So many bytes of any content, from memory that others use too. */
  readonly allocate: (length: number) => Uint8Array;
  /** So many bytes of any content, in memory of their own. */
  readonly allocateUnpooled: (length: number) => Uint8Array;
  /** All parts one behind the other. */
  readonly concat: (parts: readonly Uint8Array[]) => Uint8Array;

  /** How many bytes a text takes in UTF-8. */
  readonly utf8Length: (text: string) => number;
  /** Writes text as UTF-8 into bytes with room for all of it, which in Node have to be a Buffer. @returns How many bytes it took. */
  readonly writeUtf8: (bytes: Uint8Array, text: string, position: number) => number;
  /** Reads UTF-8, from a Buffer in Node. What is none becomes U+FFFD; a byte order mark is text like any other. */
  readonly readUtf8: (bytes: Uint8Array, start: number, end: number) => string;
  /** Text with a character for each byte, from a Buffer in Node. Which one a byte of 0x80 and more becomes is left open. */
  readonly readAscii: (bytes: Uint8Array, start: number, end: number) => string;
  /** Text with the character U+0000 to U+00FF for each byte, from a Buffer in Node. */
  readonly toBinaryText: (bytes: Uint8Array) => string;
  /** Reads what `toBinaryText` made. Of any other character the low byte is left. */
  readonly fromBinaryText: (text: string) => Uint8Array;
  /** UTF-16 in little-endian, which keeps lone surrogates. */
  readonly encodeUtf16: (text: string) => Uint8Array;
  /** Reads what `encodeUtf16` made, from a Buffer in Node. An odd byte at the end is left out. */
  readonly decodeUtf16: (bytes: Uint8Array) => string;
  /** Base64 in the alphabet for URLs, without padding; from a Buffer in Node. */
  readonly toBase64Url: (bytes: Uint8Array) => string;
  /** So many bytes that can't be guessed. */
  readonly randomBytes: (length: number) => Uint8Array;
  /** What only somebody with the secret can make of the text. A page holds no secret, so that it is never asked. */
  readonly hmacSha256: (secret: string | Uint8Array, text: string) => Uint8Array;
  /** Compares in a time that tells nothing. */
  readonly isSameProof: (proof: Uint8Array, base64Url: string) => boolean;

  /** Whether the value is a Buffer; a page has none. */
  readonly isBuffer: (value: unknown) => value is Uint8Array;
  /** The same memory as what bytes arrive as: a Buffer in Node, and what a Buffer becomes in a page. */
  readonly asBuffer: (bytes: Uint8Array) => Uint8Array;

  /** What `Object.prototype.toString` says of an object. */
  readonly tagOf: (value: object) => string;
  readonly isAnyArrayBuffer: (value: unknown) => value is ArrayBufferLike;
  readonly isSharedArrayBuffer: (value: unknown) => value is SharedArrayBuffer;
  readonly isMap: (value: unknown) => value is Map<unknown, unknown>;
  readonly isSet: (value: unknown) => value is Set<unknown>;
  readonly isDate: (value: unknown) => value is Date;
  readonly isRegExp: (value: unknown) => value is RegExp;
  /** Errors of other realms too, which `instanceof` doesn't know. */
  readonly isNativeError: (value: unknown) => value is Error;
  readonly isBoxedPrimitive: (value: unknown) => value is { valueOf(): unknown };
  readonly isPromise: (value: unknown) => value is Promise<unknown>;
  /** Whether it is a WeakMap, WeakSet or WeakRef. */
  readonly isWeak: (value: unknown) => boolean;
  readonly isGeneratorObject: (value: unknown) => boolean;
  /** Always false in a page, which can't tell: there a Proxy is what it shows. */
  readonly isProxy: (value: unknown) => boolean;
  /**
   * Whether the object's class, or one that it extends, is built into the page: what such an object holds is not in the
   * properties that it shows. Asked about what is none of the above. Always false in Node, whose own classes show nothing.
   */
  readonly isBuiltIn: (value: object) => boolean;
  /** Any value in words, for somebody who reads a log. May throw what a getter or a Proxy's trap throws. */
  readonly inspect: (value: unknown) => string;

  /** Tells whoever watches the process, or the page, of an error that nobody else hears of. */
  readonly warn: (error: Error) => void;

  /** Calls the function when what runs now is over, before anything that comes from outside. */
  readonly defer: <Argument>(run: (argument: Argument) => void, argument: Argument) => void;
  /** Calls the function with the microtasks of what runs now: sooner than `defer` in Node, where that goes on after them. */
  readonly deferBriefly: <Argument>(run: (argument: Argument) => void, argument: Argument) => void;
  /** Calls the function after what has come from outside meanwhile. */
  readonly nextTurn: (run: () => void) => void;
  /** Lets the process end while the timer is waiting; a page ends as it likes. @returns The timer. */
  readonly unref: (timer: Timer) => Timer;
}
