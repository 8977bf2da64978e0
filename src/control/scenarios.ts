import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { scenarioNames, scenarioRow, stations } from '../scenarios/catalogue.js';
import { ways } from '../scenarios/choice.js';
import { magicKey } from '../scenarios/magic-key.js';
import { documented } from './routes.js';

const scenarioAnswer = Type.Object({
  name: Type.Enum([...scenarioNames]),
  does: Type.String(),
  station: Type.Enum([...stations]),
  status: Type.Union([Type.Integer(), Type.Null()]),
  magicKey: Type.String(),
  parameters: Type.Record(
    Type.String(),
    Type.Object({ default: Type.Union([Type.String(), Type.Number()]), help: Type.String() }),
  ),
});
const catalogue = Type.Object({
  scenarios: Type.Array(scenarioAnswer),
  waysToChoose: Type.Array(Type.Enum([...ways]), { description: 'the strongest first' }),
});
export type ScenarioList = Static<typeof catalogue>;

/** The catalogue, as the documentation has it. */
export function registerScenarios(app: FastifyInstance): void {
  app.get(
    '/scenarios',
    documented('Scenarios', 'Everything that calls can be told to do', catalogue),
    async () => ({
      scenarios: scenarioNames.map((name) => {
        const { does, station, status, parameters = {} } = scenarioRow(name);
        const shown = Object.entries(parameters).map(([key, row]) => [
          key,
          { default: row.default, help: row.help },
        ]);
        return {
          name,
          does,
          station,
          status,
          magicKey: magicKey(name),
          parameters: Object.fromEntries(shown),
        };
      }),
      waysToChoose: ways,
    }),
  );
}
