#!/usr/bin/env node
import { Command } from 'commander';
import { addSettings } from './commands/options.js';
import { addSceneFields } from './commands/scene-options.js';
import { UsageError } from './commands/usage-error.js';
import { ConfigError } from './config/config.js';
import { packageJson } from './package-root.js';

/** Status of a command line or a configuration that cannot be carried out. */
const usageError = 2;
const usageErrors = [ConfigError, UsageError];

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
  .option('--control', 'that of the control API')
  .action(async (flags) => (await import('./commands/openapi.js')).printOpenApi(flags));

addSettings(program.command('detect'), ['photo'])
  .description('print one JSON line per photo: where the card is')
  .argument('<file...>', 'JPEG, PNG or WebP')
  .option('--debug <png>', 'draw the candidates and the winner of the (last) photo')
  .action(async (files, flags) => (await import('./commands/detect.js')).detect(files, flags));

addSettings(program.command('crop'), ['photo'])
  .description('write the card of a photo to a file')
  .argument('<file>', 'JPEG, PNG or WebP')
  .requiredOption('-o, --output <file>', 'where to write it')
  .action(async (file, flags) => (await import('./commands/crop.js')).crop(file, flags));

program
  .command('magic-card')
  .description('write the card whose printed code names a scenario, in the size of an ID card')
  .argument('<scenario>', 'name, or name;key=value;key=value')
  .requiredOption('-o, --output <file>', 'where to write it: .pdf to print it, .png to show it')
  .action(async (scenario, flags) => (await import('./commands/magic-card.js')).magicCard(scenario, flags));

addSceneFields(program.command('scene'))
  .description('draw a test photo of a fictional card, and print where exactly the card is')
  .requiredOption('-o, --output <file>', 'where to write it: .jpg, .png or .webp')
  .option('--json <file>', 'where to write the printed line as well')
  .action(async (flags) => (await import('./commands/scene.js')).scene(flags));

program.parseAsync().catch((error: Error) => {
  console.error(`${packageJson.name}: ${error.message}`);
  process.exitCode = usageErrors.some((type) => error instanceof type) ? usageError : 1;
});
