import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { isPhotoName } from './photo-names.js';
import { UsageError } from './usage-error.js';

export const standardStream = '-';

/** A photo that was named on the command line, or lies in a folder that was. */
export interface NamedPhoto {
  /** As it is told to the user. */
  readonly file: string;
  /** What its crop is named after: in a folder, the path below it. */
  readonly name: string;
  read(): Promise<Buffer>;
}

/** @throws {UsageError} for a folder without photos, and for standard input named twice */
export async function findPhotos(words: readonly string[]): Promise<NamedPhoto[]> {
  if (words.filter((word) => word === standardStream).length > 1)
    throw new UsageError('standard input (-) can be read once');
  return (await Promise.all(words.map(find))).flat();
}

async function find(word: string): Promise<NamedPhoto[]> {
  if (word === standardStream) return [{ file: word, name: 'stdin', read: () => buffer(process.stdin) }];
  const found = await stat(word).catch(() => undefined); // Of a file that is not there, reading it says why.
  if (!found?.isDirectory()) return [named(word, word.split(/[\\/]/).at(-1) ?? word)];
  const files = await readdir(word, { recursive: true });
  const photos = files.filter((file) => isPhotoName(file) && !isHidden(file)).sort();
  if (photos.length === 0) throw new UsageError(`${word}: no photos in this folder`);
  return photos.map((file) => named(join(word, file), file));
}

const named = (file: string, name: string): NamedPhoto => ({ file, name, read: () => readFile(file) });

const isHidden = (file: string) => file.split(/[\\/]/).some((part) => part.startsWith('.'));
