/** A browser may refuse to remember. */
export function remembered(name: string, store: () => Storage = () => localStorage): string | null {
  try {
    return store().getItem(`id-cropper-inspector.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string, store: () => Storage = () => localStorage): void {
  try {
    store().setItem(`id-cropper-inspector.${name}`, value);
  } catch {
    // Then it holds until the page is left.
  }
}
