#!/usr/bin/env node
import { Command } from 'commander';
import { addSettings } from './commands/options.js';
import { ConfigError } from './config.js';
import { packageJson } from './package-root.js';

/** Status of a command line or a configuration that cannot be carried out. */
const usageError = 2;

// Each command loads what it needs when it is called: a health check, every few seconds, needs neither Fastify nor OpenCV.
const program = new Command(packageJson.name)
  .description(packageJson.description)
  .version(packageJson.version)
  .addHelpText('after', '\nThe settings of the server: serve --help')
  .showHelpAfterError('(--help shows what there is)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError));

addSettings(program.command('serve', { isDefault: true }), ['server', 'photo'])
  .description('serve the API (the default command)')
  .action(async (flags) => (await import('./commands/serve.js')).serve(flags));

addSettings(program.command('healthcheck'), ['server', 'photo'])
  .description('exit with 0 when the server with these settings is ready, else with 1')
  .action(async (flags) => (await import('./commands/healthcheck.js')).healthcheck(flags));

program
  .command('openapi')
  .description('print the OpenAPI document as YAML')
  .action(async () => (await import('./commands/openapi.js')).printOpenApi());

addSettings(program.command('detect'), ['photo'])
  .description('print one JSON line per photo: where the card is')
  .argument('<file...>', 'JPEG, PNG or WebP')
  .option('--debug <png>', 'draw the candidates and the winner of the (last) photo')
  .action(async (files, flags) => (await import('./commands/photo.js')).detect(files, flags));

addSettings(program.command('crop'), ['photo'])
  .description('write the card of a photo to a file')
  .argument('<file>', 'JPEG, PNG or WebP')
  .requiredOption('-o, --output <file>', 'where to write it')
  .action(async (file, flags) => (await import('./commands/photo.js')).crop(file, flags));

program.parseAsync().catch((error: Error) => {
  console.error(`${packageJson.name}: ${error.message}`);
  process.exitCode = error instanceof ConfigError ? usageError : 1;
});
