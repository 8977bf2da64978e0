import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { type Clock, formatTime, isWritable, readTime } from '../clock.js';
import { accountOf } from './account-access.js';
import { duration, parseDuration } from './duration.js';
import { ControlProblem } from './problem.js';
import { type Control, closed, documented, type UserParams, userParams } from './routes.js';

export const clockAnswer = Type.Object({
  now: Type.String({ description: 'ISO 8601' }),
  frozen: Type.Boolean(),
});
export type ClockAnswer = Static<typeof clockAnswer>;

const clockChange = Type.Partial(
  Type.Object({
    now: Type.String({ description: 'ISO 8601' }),
    frozen: Type.Boolean(),
    advance: duration,
  }),
  closed,
);
export type ClockChange = Static<typeof clockChange>;

/** Time, for all accounts or for one: when tokens expire, and what the journal says of when. */
export function registerClock(app: FastifyInstance, { context }: Control): void {
  const { clocks, controls } = context;

  app.get('/clock', documented('Clock', 'The server’s time', clockAnswer), async () => show(clocks.server));
  app.patch<{ Body: ClockChange }>(
    '/clock',
    documented('Clock', 'Sets, freezes or advances the server’s time', clockAnswer, { body: clockChange }),
    ({ body }) => controls.change(() => change(clocks.server, body)),
  );
  app.delete('/clock', documented('Clock', 'Back to real time', clockAnswer), async () => {
    await controls.change(() => clocks.server.reset());
    return show(clocks.server);
  });

  const url = '/accounts/:username/clock';
  const params = userParams;
  app.get<{ Params: UserParams }>(
    url,
    documented('Clock', 'The time of an account', clockAnswer, { params }),
    async ({ params: { username } }) => {
      await accountOf(username, context);
      return show(clocks.of(username));
    },
  );
  app.patch<{ Params: UserParams; Body: ClockChange }>(
    url,
    documented('Clock', 'Sets, freezes or advances the time of one account', clockAnswer, {
      params,
      body: clockChange,
    }),
    async ({ params: { username }, body }) => {
      await accountOf(username, context);
      return controls.change(() => change(clocks.of(username), body));
    },
  );
  app.delete<{ Params: UserParams }>(
    url,
    documented('Clock', 'Back to the server’s time', clockAnswer, { params }),
    async ({ params: { username } }) => {
      await accountOf(username, context);
      await controls.change(() => clocks.reset(username));
      return show(clocks.of(username));
    },
  );
}

const show = (clock: Clock): ClockAnswer => ({
  now: formatTime(clock.now()),
  frozen: clock.frozen,
});

function change(clock: Clock, { now, frozen = clock.frozen, advance = 0 }: ClockChange): ClockAnswer {
  const atMs = (now === undefined ? clock.now() : parseTime(now)) + parseDuration(advance);
  if (!isWritable(atMs)) throw new ControlProblem(422, 'that time is too far away: years are 0000 to 9999');
  if (frozen) clock.freeze(atMs);
  else clock.set(atMs);
  return show(clock);
}

function parseTime(text: string): number {
  const atMs = readTime(text);
  if (Number.isNaN(atMs)) {
    throw new ControlProblem(422, `"${text.slice(0, 100)}" is no time; write 2026-01-31T12:00:00Z`);
  }
  return atMs;
}
