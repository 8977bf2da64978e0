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

/** A design by chance, or one by name. */
export const documents = {
  anyCard: undefined,
  arabicFront: 'arabic-front',
  arabicBack: 'arabic-back',
  arabicPermit: 'arabic-permit',
  arabicPermitBack: 'arabic-permit-back',
  arabicPassport: 'arabic-passport',
  licence: 'licence',
  latinPassport: 'passport-data',
} as const;
export type Document = keyof typeof documents;
export const documentNames = Object.keys(documents) as readonly Document[];

export const places = ['onDesk', 'inHand'] as const;
export type Place = (typeof places)[number];

export interface Wish {
  readonly level: Level;
  readonly document: Document;
  readonly place: Place;
  readonly seed: string;
}

interface Scene {
  readonly img: string;
  readonly format: string;
}

const longSide = 1280;

/** Upright, in the upper half, before a background out of focus: so that there is room for the hand. */
const held = {
  hand: 'left',
  fingers: 0,
  rotation: 0,
  areaFraction: 0.25,
  offset: [0, -0.3],
  backgroundBlur: 6,
};

/** A fictional card, drawn by the server. A scene without a card has no document and no hand. */
export async function drawPhoto({ level, document, place, seed }: Wish): Promise<void> {
  const card =
    level === 'negative' ? {} : { design: documents[document], ...(place === 'inHand' ? held : {}) };
  const { img, format } = await ask<Scene>('POST', '/scenes', { level, seed, longSide, ...card });
  const bytes = Uint8Array.from(atob(img), (character) => character.charCodeAt(0));
  const shown = (level !== 'negative' && documents[document]) || level;
  choosePhoto(new Blob([bytes], { type: `image/${format}` }), `${shown}-${seed}.${format}`);
}
