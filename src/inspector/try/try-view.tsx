import { useSignal, useSignalEffect } from '@preact/signals';
import { loadAccounts } from '../accounts/account-store.js';
import { useFresh } from '../controls/use-fresh.js';
import { say } from '../words/words.js';
import { AnswerCard } from './answer-card.js';
import { PhotoCard } from './photo-card.js';
import { photo } from './photo-choice.js';
import type { Outcome } from './send.js';
import { SendForm } from './send-form.js';

export function TryView() {
  const outcome = useSignal<Outcome | undefined>(undefined);
  useFresh(loadAccounts);
  // An answer beside another photo than its own would be read as that photo's.
  useSignalEffect(() => {
    photo.value;
    outcome.value = undefined;
  });
  return (
    <div class="page">
      <h1>{say('tryTitle')}</h1>
      <p class="lead">{say('tryHint')}</p>
      <div class="try">
        <div class="try-ask">
          <PhotoCard />
          <SendForm outcome={outcome} />
        </div>
        <AnswerCard outcome={outcome.value} />
      </div>
    </div>
  );
}
