import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** Reads the files in docs/vectors, and checks that they have the form that docs/PROTOCOL.md describes. */

const hex = z.stringFormat('hex', /^(?:[\da-f]{2})*$/).transform((digits) => Buffer.from(digits, 'hex'));
const codec = z.enum(['msgpack', 'json']);
const body = z.object({ flags: z.number(), body: hex, text: z.string().optional() });

const valuesFile = z.object({
  vectors: z.array(z.object({ name: z.string(), value: z.unknown(), msgpack: body, json: body })),
});

const bodiesFile = z.object({
  accepted: z.array(z.object({ codec, name: z.string(), flags: z.number(), body: hex, value: z.unknown() })),
  refused: z.array(z.object({ codec, name: z.string(), flags: z.number(), body: hex })),
});

const framesFile = z.object({
  frames: z.array(
    z.object({
      kind: z.string(),
      number: z.number(),
      flags: z.number(),
      correlation: z.number().optional(),
      body: hex,
      bytes: hex,
    }),
  ),
  refused: z.array(z.object({ name: z.string(), bytes: hex })),
});

const introduction = {
  name: z.string(),
  instance: z.string(),
  nonce: z.string(),
  maxFrameBytes: z.number(),
  streamWindow: z.number(),
};

const handshakeFile = z.object({
  secret: hex,
  helloFrame: hex,
  welcomeFrame: hex,
  confirmationFrame: hex,
  hello: z.object({ protocol: z.array(z.number()), codecs: z.array(z.string()), ...introduction }),
  welcome: z.object({ protocol: z.number(), codec: z.string(), ...introduction, proof: z.string() }),
  confirmation: z.object({ proof: z.string() }),
  proofs: z.array(z.object({ role: z.enum(['server', 'client']), input: z.string(), proof: z.string() })),
  textSecret: z.object({ secret: z.string(), server: z.string(), client: z.string() }),
  negotiation: z.array(z.object({ server: codec, offered: z.array(z.string()), codec })),
  refusedHellos: z.array(z.object({ name: z.string(), code: z.string(), body: z.unknown() })),
  refusedProofs: z.array(z.object({ name: z.string(), confirmation: z.unknown() })),
});

const conversationsFile = z.object({
  conversations: z.array(
    z.object({
      name: z.string(),
      listener: z.string().optional(),
      features: z.array(z.string()).default([]),
      send: z.record(z.string(), z.unknown()).optional(),
      stream: z.boolean().default(false),
      cancel: z.boolean().default(false),
      streamWindow: z.number().default(262_144),
      steps: z.array(z.object({ from: z.enum(['client', 'server']), kind: z.string(), bytes: hex })),
      result: z
        .object({
          progress: z.array(z.unknown()).default([]),
          items: z.array(z.unknown()).default([]),
          reply: z.unknown().optional(),
          error: z.record(z.string(), z.unknown()).optional(),
        })
        .optional(),
    }),
  ),
});

export type Conversation = z.infer<typeof conversationsFile>['conversations'][number];

export const { vectors: values } = read(valuesFile, 'values');
export const bodies = read(bodiesFile, 'bodies');
export const frames = read(framesFile, 'frames');
export const handshake = read(handshakeFile, 'handshake');
export const { conversations } = read(conversationsFile, 'conversations');

function read<Schema extends z.ZodType>(schema: Schema, name: string): z.infer<Schema> {
  const url = new URL(`../../../docs/vectors/${name}.json`, import.meta.url);
  return schema.parse(JSON.parse(readFileSync(url, 'utf8')));
}
