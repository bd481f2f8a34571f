import { type Node, NodeTag, type Slot, Special } from './graph.ts';
import type { EncodedGraph, LooseGraph } from './graph-encoder.ts';

/** If a failure is cut, longer texts are cut and longer bytes are left out. With less room this limit is smaller. */
const LONG_TEXT = 16_384;
/** About how many bytes a slot takes besides its text. */
const SLOT_BYTES = 8;
/** Bytes that are kept free for the content of a part, if there are enough: ten parts with content tell more than a hundred empty ones. */
const PART_BYTES = 256;
/** How many paths of missing parts are listed. */
const MAX_NAMES = 100;
const MAX_NAME_LENGTH = 200;

/**
 * Takes out of a graph what can't be sent. The paths of what is missing or was cut (such as `config.adapter`,
 * `errors.0.cause`) are added to the value as its property `omitted`.
 *
 * @param graph Of an object or an error.
 * @param budgetBytes About how many bytes the result may take; Infinity cuts nothing.
 * @returns null if the value itself can't be sent.
 */
export function trimGraph(graph: LooseGraph, budgetBytes: number): EncodedGraph | null {
  const unsendable = withIndivisible(graph);
  if (unsendable.has(0)) return null;
  if (unsendable.size === 0 && budgetBytes === Infinity) return graph;
  return new GraphTrimmer(graph, unsendable, budgetBytes).trim();
}

/**
 * An instance of a class is left out as a whole if something in it can't be sent, because a part of a socket is useless. An error
 * inside it can be sent in part, so that what is missing in that error does not count. Nor does it count for the value itself.
 */
function withIndivisible({ nodes, unsendable, indivisible }: LooseGraph): ReadonlySet<number> {
  if (unsendable.size === 0) return unsendable;
  const referrers = findReferrers(nodes);
  const incomplete = new Set(unsendable);
  const left = new Set(unsendable);
  // The list grows while the loop runs.
  for (const index of incomplete) {
    for (const referrer of referrers.get(index) ?? []) {
      if (referrer === 0 || nodes[referrer]?.[0] === NodeTag.error) continue;
      incomplete.add(referrer);
      if (indivisible.has(referrer)) left.add(referrer);
    }
  }
  return left;
}

/** For each node, the nodes that refer to it. */
function findReferrers(nodes: readonly Node[]): Map<number, number[]> {
  const referrers = new Map<number, number[]>();
  nodes.forEach((node, referrer) => {
    for (const slot of node) {
      if (!isReference(slot)) continue;
      const known = referrers.get(slot[0]);
      if (known === undefined) referrers.set(slot[0], [referrer]);
      else known.push(referrer);
    }
  });
  return referrers;
}

function isReference(slot: Slot | undefined): slot is readonly [number] {
  return Array.isArray(slot) && slot[0] >= 0;
}

/** The path from the value to a part of it. */
interface Path {
  readonly parent: Path | null;
  readonly key: string;
}

/**
 * Walks a graph from its first node, breadth first, so that the parts near the value are kept first. A list gets at most half of
 * the room that is left, and an object three quarters. Of the items beyond that, the first is listed as missing.
 */
class GraphTrimmer {
  readonly #graph: LooseGraph;
  readonly #unsendable: ReadonlySet<number>;
  readonly #nodes: Node[] = [];
  readonly #attachments: Uint8Array[] = [];
  readonly #queue: { readonly index: number; readonly path: Path | null }[] = [];
  /** The new index of each node that is kept. */
  readonly #indexes = new Map<number, number>();
  readonly #longest: number;
  readonly #partBytes: number;
  readonly #names: string[] = [];
  #unnamed = 0;
  #nameRoom: number;
  #room: number;

  constructor(graph: LooseGraph, unsendable: ReadonlySet<number>, budgetBytes: number) {
    this.#graph = graph;
    this.#unsendable = unsendable;
    this.#longest = budgetBytes === Infinity ? Infinity : Math.min(LONG_TEXT, budgetBytes / 16);
    this.#partBytes = Math.min(PART_BYTES, budgetBytes / 32);
    this.#nameRoom = budgetBytes / 4;
    this.#room = budgetBytes * 0.75;
  }

  trim(): EncodedGraph {
    this.#reference(0, null);
    for (const { index, path } of this.#queue) this.#nodes.push(this.#node(index, path));
    this.#nameOmitted();
    return { nodes: this.#nodes, attachments: this.#attachments };
  }

  #node(index: number, path: Path | null): Node {
    const [tag, ...rest] = this.#graph.nodes[index] ?? [NodeTag.object];
    switch (tag) {
      case NodeTag.object:
      case NodeTag.map:
        return [tag, ...this.#pairs(rest, path)];
      case NodeTag.error:
        return [tag, rest[0] ?? 'Error', ...this.#pairs(rest.slice(1), path)];
      case NodeTag.array:
        return [tag, ...this.#items(rest, path).map((slot) => slot ?? createGap())];
      case NodeTag.set:
        return [tag, ...this.#items(rest, path).filter((slot) => slot !== undefined)];
      case NodeTag.sparseArray:
        return [tag, rest[0] ?? 0, ...this.#pairs(rest.slice(1), path)];
      case NodeTag.boxed:
        return [tag, this.#items(rest, path)[0] ?? ''];
      case NodeTag.binary:
        return [tag, rest[0] ?? 'Buffer', this.#attach(rest[1])];
      case NodeTag.wideString:
        return [tag, this.#attach(rest[0])];
      default:
        return [tag, ...rest];
    }
  }

  #pairs(slots: readonly Slot[], path: Path | null): Slot[] {
    const kept: Slot[] = [];
    const share = this.#room / 4;
    for (let at = 0; at < slots.length; at += 2) {
      const key = slots[at] ?? null;
      const place = { parent: path, key: nameKey(key) };
      if (this.#room < share) {
        this.#omit(place);
        break;
      }
      const [keptKey, item] = [this.#key(key, place), this.#slot(slots[at + 1] ?? null, place)];
      if (keptKey === undefined || item === undefined) this.#omit(place);
      else kept.push(keptKey, item);
    }
    return kept;
  }

  /** undefined if an item is missing. */
  #items(slots: readonly Slot[], path: Path | null): (Slot | undefined)[] {
    const kept: (Slot | undefined)[] = [];
    const share = this.#room / 2;
    for (const [index, slot] of slots.entries()) {
      const place = { parent: path, key: String(index) };
      const isOver = this.#room < share;
      const item = isOver ? undefined : this.#slot(slot, place);
      if (item === undefined) this.#omit(place);
      if (isOver) break;
      kept.push(item);
    }
    return kept;
  }

  #key(slot: Slot, path: Path): Slot | undefined {
    if (isReference(slot)) return this.#reference(slot[0], path);
    return typeof slot !== 'string' || this.#take(slot.length) ? slot : undefined;
  }

  /** @returns undefined if the content of the slot is left out. */
  #slot(slot: Slot, path: Path): Slot | undefined {
    if (typeof slot === 'string') return this.#text(slot, path);
    if (isReference(slot)) return this.#reference(slot[0], path);
    return this.#take(0) ? slot : undefined;
  }

  #text(text: string, path: Path): string | undefined {
    const length = Math.min(text.length, this.#longest);
    if (!this.#take(length)) return undefined;
    if (length === text.length) return text;
    this.#omit(path);
    return `${text.slice(0, length).toWellFormed()}… (cut, of ${text.length} characters)`;
  }

  #reference(index: number, path: Path | null): Slot | undefined {
    if (this.#unsendable.has(index)) return undefined;
    let newIndex = this.#indexes.get(index);
    if (newIndex === undefined) {
      const bytes = this.#sizeOf(index);
      if (bytes > this.#longest || !this.#take(bytes + this.#partBytes)) return undefined;
      newIndex = this.#queue.push({ index, path }) - 1;
      this.#indexes.set(index, newIndex);
    }
    return [newIndex];
  }

  /** Bytes of a node without the nodes that it refers to. */
  #sizeOf(index: number): number {
    const [tag, ...rest] = this.#graph.nodes[index] ?? [NodeTag.object];
    if (tag === NodeTag.binary || tag === NodeTag.wideString) return this.#attachment(rest.at(-1)).length;
    if (tag !== NodeTag.bigint && tag !== NodeTag.regExp) return 0;
    return rest.reduce<number>((sum, part) => sum + String(part).length, 0);
  }

  #attach(number: Slot | undefined): number {
    return this.#attachments.push(this.#attachment(number)) - 1;
  }

  #attachment(number: Slot | undefined): Uint8Array {
    return this.#graph.attachments[Number(number)] ?? new Uint8Array();
  }

  /** @returns Whether there was room for it. */
  #take(bytes: number): boolean {
    if (bytes + SLOT_BYTES > this.#room) return false;
    this.#room -= bytes + SLOT_BYTES;
    return true;
  }

  #omit(path: Path): void {
    const name = describePath(path);
    this.#nameRoom -= name.length + SLOT_BYTES;
    if (this.#names.length < MAX_NAMES && this.#nameRoom >= 0) this.#names.push(name);
    else this.#unnamed++;
  }

  #nameOmitted(): void {
    const [value] = this.#nodes;
    const names = this.#unnamed === 0 ? this.#names : [...this.#names, `and ${this.#unnamed} more`];
    if (value === undefined || names.length === 0) return;
    const list = this.#nodes.push([NodeTag.array, ...names]) - 1;
    this.#nodes[0] = [...value, 'omitted', [list]];
  }
}

/** Stands in the place of an item that is left out. */
function createGap(): Slot {
  return [Special.undefined];
}

function nameKey(key: Slot): string {
  return typeof key === 'string' || typeof key === 'number' ? String(key) : '<key>';
}

/** Not recursive, because a failure may have any depth. */
function describePath(path: Path): string {
  const steps: string[] = [];
  let length = 0;
  for (let at: Path | null = path; at !== null && length <= MAX_NAME_LENGTH; at = at.parent) {
    steps.push(at.key.slice(0, MAX_NAME_LENGTH).toWellFormed());
    length += at.key.length + 1;
  }
  const text = steps.toReversed().join('.');
  return length <= MAX_NAME_LENGTH ? text : `…${text.slice(-MAX_NAME_LENGTH).toWellFormed()}`;
}
