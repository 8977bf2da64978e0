import { extname } from 'node:path';
import type { ImageFormat } from '../vision/types.js';
import { UsageError } from './usage-error.js';

const formats: Readonly<Record<string, ImageFormat>> = {
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.png': 'png',
  '.webp': 'webp',
};

/** The ending that a file of the format gets. */
export const endings: Readonly<Record<ImageFormat, string>> = { jpeg: '.jpg', png: '.png', webp: '.webp' };

export const isPhotoName = (file: string): boolean => Object.hasOwn(formats, extname(file).toLowerCase());

/** @throws {UsageError} where the name says none that is written */
export function formatOfName(file: string): ImageFormat {
  const format = formats[extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new UsageError(`${file}: the name of a photo ends in ${Object.keys(formats).join(', ')}`);
}
