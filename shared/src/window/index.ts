export type { Codec, CodecName, EncodedBody } from '../envelope/codec.ts';
export { codecs } from '../envelope/codecs.ts';
export { HEADER_BYTES, Kind, smallFrame, writeHeader } from '../envelope/frame.ts';
export { type Frame, FrameReader } from '../envelope/frame-reader.ts';
