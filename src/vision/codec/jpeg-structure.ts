/** A stretch of a JPEG that begins with a marker: what follows its length, without the coded pixels behind the header of a scan. */
interface Segment {
  readonly marker: number;
  readonly payload: Uint8Array;
}

/** What the frame header (SOF) says. */
export interface JpegFrame {
  /** 0 to 15, the low half of the marker: 0 and 1 are sequential, 2 progressive; from 9 on the coding is arithmetic. */
  readonly process: number;
  /** Bits a channel. */
  readonly precision: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly number[];
}

const startOfScan = 0xda;
const endOfImage = 0xd9;
/** Of these, C4, C8 and CC are other things than frame headers. */
const frameMarkers = { first: 0xc0, last: 0xcf, others: [0xc4, 0xc8, 0xcc] };

/** The first frame header; undefined where the file has none. */
export function readJpegFrame(bytes: Uint8Array): JpegFrame | undefined {
  for (const { marker, payload } of segmentsOf(bytes)) {
    if (isFrame(marker)) return parseFrame(marker, payload);
  }
  return undefined;
}

/**
 * The file with an end marker where it does not end with one: a decoder then finds fault with it if pixels are missing, and only
 * then. Not where the coding is arithmetic: of that data nobody can tell where it breaks off, as it may leave out zeros at its end.
 */
export function withJpegEnd(bytes: Uint8Array): Uint8Array {
  if (!isJpegCut(bytes)) return bytes;
  const frame = readJpegFrame(bytes);
  if (frame === undefined || isArithmetic(frame)) return bytes;
  const ended = new Uint8Array(bytes.length + 2);
  ended.set(bytes);
  ended.set([0xff, endOfImage], bytes.length);
  return ended;
}

/** Whether the file breaks off before any end marker. */
export function isJpegCut(bytes: Uint8Array): boolean {
  if (bytes.at(-2) === 0xff && bytes.at(-1) === endOfImage) return false;
  const segments = segmentsOf(bytes);
  for (;;) {
    const { done, value } = segments.next();
    if (done) return value === 'cut';
  }
}

/** Whether all the pixels are in one scan, so that bytes nobody asked for are no loss to any other. */
export function hasOneScan(bytes: Uint8Array): boolean {
  const frame = readJpegFrame(bytes);
  for (const { marker, payload } of segmentsOf(bytes)) {
    if (marker === startOfScan) {
      return frame !== undefined && payload[0] === frame.components.length && !isProgressive(frame);
    }
  }
  return false;
}

/** How many scans there are; not counted beyond `most`. */
export function countScans(bytes: Uint8Array, most: number): number {
  let scans = 0;
  for (const { marker } of segmentsOf(bytes)) {
    if (marker === startOfScan) scans++;
    if (scans >= most) break;
  }
  return scans;
}

/**
 * Whether the scans together give every coefficient of every component to its last bit. A decoder does not mind a missing scan: it
 * shows what it has, coarse or without colours.
 */
export function hasAllScans(bytes: Uint8Array): boolean {
  let missing: MissingBits | undefined;
  for (const { marker, payload } of segmentsOf(bytes)) {
    if (isFrame(marker)) missing ??= new MissingBits(parseFrame(marker, payload));
    if (marker === startOfScan) missing?.take(payload);
    // Most photos have one scan: what comes behind its header need not be looked through.
    if (missing?.isNone) return true;
  }
  return missing === undefined;
}

/** Which bits of the 64 coefficients of each component are still to come. */
class MissingBits {
  readonly #frame: JpegFrame;
  readonly #lowestBit: ReadonlyMap<number, Uint8Array>;

  constructor(frame: JpegFrame) {
    this.#frame = frame;
    this.#lowestBit = new Map(frame.components.map((id) => [id, new Uint8Array(64).fill(255)]));
  }

  get isNone(): boolean {
    return [...this.#lowestBit.values()].every((bits) => bits.every((bit) => bit === 0));
  }

  /** @param header of a scan */
  take(header: Uint8Array): void {
    const count = header[0] ?? 0;
    const [first = 0, last = 63, bits = 0] = header.subarray(1 + 2 * count);
    for (let i = 0; i < count; i++) {
      const lowest = this.#lowestBit.get(header[1 + 2 * i] ?? -1);
      // What sequential files write into these fields varies, and means nothing.
      if (isProgressive(this.#frame)) lowest?.fill(bits & 15, first, last + 1);
      else lowest?.fill(0);
    }
  }
}

const isFrame = (marker: number) =>
  marker >= frameMarkers.first && marker <= frameMarkers.last && !frameMarkers.others.includes(marker);

const isProgressive = ({ process }: JpegFrame) => (process & 3) === 2;

const isArithmetic = ({ process }: JpegFrame) => process >= 8;

function parseFrame(marker: number, payload: Uint8Array): JpegFrame {
  const [precision = 0, h1 = 0, h0 = 0, w1 = 0, w0 = 0, count = 0] = payload;
  const components = Array.from({ length: count }, (_, i) => payload[6 + 3 * i] ?? -1);
  return {
    process: marker - frameMarkers.first,
    precision,
    width: w1 * 256 + w0,
    height: h1 * 256 + h0,
    components,
  };
}

/** Up to the end marker, to where the file breaks off, or to a marker that no JPEG has: it stands in damaged pixels. */
function* segmentsOf(bytes: Uint8Array): Generator<Segment, 'ended' | 'cut' | 'lost'> {
  let at = 2;
  for (;;) {
    at = nextMarker(bytes, at);
    const marker = bytes[at - 1];
    if (marker === undefined) return 'cut';
    if (marker === endOfImage) return 'ended';
    if (!isKnown(marker)) return 'lost';
    const length = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
    if (at + Math.max(2, length) > bytes.length) return 'cut';
    yield { marker, payload: bytes.subarray(at + 2, at + length) };
    at += Math.max(2, length);
  }
}

/** Where the bytes behind the next marker begin, coded pixels and what else there is between two segments passed over; beyond the end where there is none. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code !== undefined && !standsInPixels(code)) return at + 2;
  }
  return bytes.length + 1;
}

/** C0 to CF: frames and tables; DA to DF: scans and tables; E0 to EF: applications' own; FE: comments. */
const isKnown = (marker: number) => (marker >= 0xc0 && marker <= 0xef) || marker === 0xfe;

/** A byte 255 as such, fill bytes, and the markers without a segment: restarts, TEM, the start of a picture. */
const standsInPixels = (code: number) => code <= 1 || code === 0xff || (code >= 0xd0 && code <= 0xd8);
