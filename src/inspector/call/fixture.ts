import type { JournalEntry } from '../../journal/entry-types.js';

/** What `fixtures/manifest.json` says of a photo, as far as a call tells; and what was asked and answered. */
export function fixtureOf(entry: JournalEntry) {
  const { photo, crop, status, answerBody, rule, reason, confidence, requestBody, path, scenario } = entry;
  return {
    description: `call ${entry.id}, ${entry.at}: ${status ?? 'no answer'} ${rule ?? ''}`.trim(),
    file: photo && `photo.${extensionOf(photo.format)}`,
    format: photo?.format ?? null,
    bytes: photo?.bytes ?? null,
    sha256: photo?.sha256 ?? null,
    width: photo?.width ?? null,
    height: photo?.height ?? null,
    corners: crop?.corners ?? null,
    expected: crop && `expected.${extensionOf(crop.format)}`,
    confidence,
    request: { path, lang: requestBody?.lang ?? null, scenario: scenario?.text ?? null },
    answer: { status, body: answerBody, rule, reason },
  };
}

export const extensionOf = (format: string): string => (format === 'jpeg' ? 'jpg' : format);
