import { signal } from '@preact/signals';
import { ask } from '../api.js';
import { announce } from '../controls/announcer.js';
import { say } from '../words/words.js';

export interface ChosenPhoto {
  readonly name: string;
  readonly blob: Blob;
  readonly url: string;
}

export const photo = signal<ChosenPhoto | undefined>(undefined);

export function choosePhoto(blob: Blob | undefined, name: string): void {
  if (blob === undefined) return;
  if (!blob.type.startsWith('image/')) {
    announce(say('notAPhoto'), true);
    return;
  }
  dropPhoto();
  photo.value = { name, blob, url: URL.createObjectURL(blob) };
}

export function dropPhoto(): void {
  if (photo.value) URL.revokeObjectURL(photo.value.url);
  photo.value = undefined;
}

export const levels = ['easy', 'medium', 'hard', 'negative'] as const;
export type Level = (typeof levels)[number];

interface Scene {
  readonly img: string;
  readonly format: string;
}

const longSide = 1280;

/** A fictional card, drawn by the server. */
export async function drawPhoto(level: Level, seed: string): Promise<void> {
  const { img, format } = await ask<Scene>('POST', '/scenes', { level, seed, longSide });
  const bytes = Uint8Array.from(atob(img), (character) => character.charCodeAt(0));
  choosePhoto(new Blob([bytes], { type: `image/${format}` }), `${level}-${seed}.${format}`);
}
