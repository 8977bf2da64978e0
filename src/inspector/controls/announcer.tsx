import { signal } from '@preact/signals';

interface Notice {
  readonly text: string;
  readonly isProblem: boolean;
}

const notice = signal<Notice | undefined>(undefined);
const shownMs = 6000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** To everybody: a line at the bottom, which a screen reader says. */
export function announce(text: string, isProblem = false): void {
  notice.value = { text, isProblem };
  clearTimeout(timer);
  timer = setTimeout(() => {
    notice.value = undefined;
  }, shownMs);
}

/** Does it, and says what went wrong, in the server's words. @returns whether it went well */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    announce((error as Error).message, true);
    return false;
  }
}

export const Announcer = () => (
  <div class="announcer" role="status" aria-live="polite">
    {notice.value && (
      <p class={notice.value.isProblem ? 'problem' : ''}>
        <bdi>{notice.value.text}</bdi>
      </p>
    )}
  </div>
);
