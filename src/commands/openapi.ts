import { stringify } from 'yaml';
import { createServer } from '../server.js';

export async function printOpenApi(): Promise<void> {
  process.stdout.write(await openApiYaml());
}

/** The document of the routes with the settings' defaults, whatever this machine is set to. */
export async function openApiYaml(): Promise<string> {
  const app = createServer({ logLevel: 'silent' });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return stringify(document, { lineWidth: 110, aliasDuplicateObjects: false });
}
