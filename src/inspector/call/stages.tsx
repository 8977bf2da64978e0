import { say, sayMs } from '../words/words.js';

/** Milliseconds in the worker, as bars. */
export function Stages({ timings }: { readonly timings: Readonly<Record<string, number>> }) {
  const stages = Object.entries(timings);
  const sum = stages.reduce((total, [, ms]) => total + ms, 0);
  return (
    <section>
      <h2>{say('stages')}</h2>
      <dl class="stages">
        {stages.map(([stage, ms]) => (
          <div key={stage}>
            <dt>
              <bdi>{stage}</bdi>
            </dt>
            <dd>
              <span class="bar" style={{ width: `${sum === 0 ? 0 : (100 * ms) / sum}%` }} />
              <span class="num">{sayMs(ms)}</span>
            </dd>
          </div>
        ))}
        <div class="stages-sum">
          <dt>{say('total')}</dt>
          <dd>
            <span class="num">{sayMs(sum)}</span>
          </dd>
        </div>
      </dl>
    </section>
  );
}
