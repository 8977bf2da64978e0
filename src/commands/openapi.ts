import { stringify } from 'yaml';
import { controlPrefix } from '../exchange/paths.js';
import { createServer } from '../server.js';

export async function printOpenApi({ control }: { readonly control?: boolean }): Promise<void> {
  process.stdout.write(await (control ? controlYaml() : openApiYaml()));
}

/** The document of the vendor's routes with the settings' defaults, whatever this machine is set to. */
export const openApiYaml = (): Promise<string> => documentOf(async (app) => app.swagger());

/** The document of the control API. */
export const controlYaml = (): Promise<string> =>
  documentOf(async (app) => (await app.inject(`${controlPrefix}/openapi.json`)).json());

/** A file does not know where it was served. */
const defaultServer = { url: 'http://127.0.0.1:3000', description: 'where the simulator listens by default' };

type App = ReturnType<typeof createServer>;

async function documentOf(read: (app: App) => Promise<object>): Promise<string> {
  const app = createServer({ logLevel: 'silent' });
  await app.ready();
  const document = await read(app);
  await app.close();
  return stringify(
    { ...document, servers: [defaultServer] },
    { lineWidth: 110, aliasDuplicateObjects: false },
  );
}
