import { move, transferableSymbol, valueSymbol } from 'piscina';
import { type BodyTask, type ReadBody, readWholly } from './read-body.js';

/** One large body in this thread. Piscina's entry. The photo is handed over, not copied. */
export default function read(task: BodyTask): unknown {
  const body: ReadBody = readWholly(task);
  if (!('photo' in body) || !('bytes' in body.photo)) return body;
  return move({ [transferableSymbol]: [body.photo.bytes.buffer], [valueSymbol]: body } as never);
}
