/** Which rows of a long list are to be there, with a few beside them so that a flick shows no gap. */
export function visibleRange(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  count: number,
  beside = 8,
): readonly [first: number, end: number] {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - beside);
  const end = Math.min(count, Math.ceil((scrollTop + viewHeight) / rowHeight) + beside);
  return [Math.min(first, end), end];
}
