import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { drawThumbnail } from '../photos/thumbnail.js';
import { ControlProblem } from './problem.js';
import { keptPicture } from './request-lines.js';
import { idParams } from './requests.js';
import { type Control, documented } from './routes.js';

/** What a list shows of a request: a kilobyte or two instead of a whole picture for each of its rows. */
export function registerThumbnails(app: FastifyInstance, { context: { journal } }: Control): void {
  const inTurn = oneAtATime();

  app.get<{ Params: Static<typeof idParams> }>(
    '/requests/:id/thumbnail',
    documented('Requests', 'A small JPEG of its crop, or of its photo where there is no crop', null, {
      params: idParams,
    }),
    async ({ params: { id } }, reply) => {
      const thumbnail = await inTurn(async () => {
        const kind = keptPicture(await journal.find(id));
        const picture = kind && journal.picture(id, kind);
        // Who has scrolled on waits for none.
        return reply.raw.destroyed || !picture ? undefined : drawThumbnail(picture).catch(() => undefined);
      });
      if (thumbnail === undefined)
        throw new ControlProblem(404, `there is no picture of request ${id} that could be made small`);
      return reply.type('image/jpeg').send(thumbnail);
    },
  );
}

/** What is merely looked at takes one of libuv's four threads, and leaves the others to what is cropped. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}
