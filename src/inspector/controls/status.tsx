import { outcomeOf } from '../calls/filter.js';
import { say } from '../words/words.js';

export const Status = ({
  status,
  large = false,
}: {
  readonly status: number | null;
  readonly large?: boolean;
}) => <span class={`status ${outcomeOf(status)}${large ? ' large' : ''}`}>{status ?? say('noAnswer')}</span>;
