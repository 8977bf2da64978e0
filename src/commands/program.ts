import { Argument, Command, type CommanderError, Option } from 'commander';
import { type Setting, type SettingName, settings } from '../config/settings.js';
import { packageJson } from '../package-root.js';
import { addSettings } from './options.js';
import { addSceneFields } from './scene-options.js';
import { shells } from './shells.js';

const ofReach =
  (...reaches: readonly Setting['reach'][]) =>
  (name: SettingName) =>
    reaches.includes(settings[name].reach);

/** What says where the server is. */
const address: readonly SettingName[] = ['host', 'port', 'tls', 'tls-cert', 'tls-key'];

const statuses = `
Exit status: 0 when all was done, 1 when something could not be, 2 when the command line or the configuration is wrong.`;

/**
 * The tree of commands. Each loads what it needs when it is called: a health check, every few seconds, needs neither Fastify nor
 * OpenCV.
 *
 * @param end what ends a command line that is wrong, or that only asks for help
 */
export function createProgram(end: (error: CommanderError) => never): Command {
  const program = new Command(packageJson.name)
    .description(packageJson.description)
    .version(packageJson.version)
    .addHelpText('after', `\nThe settings of the server: serve --help\n${statuses}`)
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride(end);
  addServerCommands(program);
  addPhotoCommands(program);
  addDrawingCommands(program);
  addVisitingCommands(program);
  program
    .command('completion')
    .description('print a script that completes this command line; source it in the shell’s start-up file')
    .addArgument(new Argument('<shell>').choices(shells))
    .action(async (shell) => {
      const { completionScript } = await import('./completion.js');
      process.stdout.write(completionScript(program, shell));
    });
  return program;
}

function addServerCommands(program: Command): void {
  addSettings(program.command('serve'), ofReach('server', 'photo', 'crop'))
    .description('serve the API (the default command)')
    .action(async (flags) => (await import('./serve.js')).serve(flags));

  addSettings(program.command('healthcheck'), (name) => address.includes(name))
    .description('exit with 0 when the server with these settings is ready, else with 1')
    .action(async (flags) => (await import('./healthcheck.js')).healthcheck(flags));

  program
    .command('openapi')
    .description('print the OpenAPI document as YAML')
    .option('--control', 'that of the control API')
    .action(async (flags) => (await import('./openapi.js')).printOpenApi(flags));
}

const photoArgument = [
  '<photo...>',
  'JPEG, PNG or WebP; a folder stands for all in it, - for standard input',
] as const;

function addPhotoCommands(program: Command): void {
  addSettings(program.command('detect'), ofReach('photo'))
    .description('print one JSON line per photo: where the card is')
    .argument(...photoArgument)
    .option('--debug <png>', 'draw the candidates and the winner of the (last) photo')
    .addHelpText('after', `${statuses}\nThat there is no card is an answer.`)
    .action(async (photos, flags) => (await import('./detect.js')).detect(photos, flags));

  addSettings(program.command('crop'), ofReach('photo', 'crop'))
    .description('write the cards of photos to files')
    .argument(...photoArgument)
    .addOption(new Option('-o, --output <file>', outputHelp).conflicts('outDir'))
    .option('--out-dir <folder>', 'where to write the cards of several photos, by the names of the photos')
    .addHelpText('after', `${statuses}\nA photo without a card counts as one that could not be cropped.`)
    .action(async (photos, flags, command: Command) => {
      if (flags.output === undefined && flags.outDir === undefined)
        command.error('error: say where to write: --output for one photo, --out-dir for several');
      await (await import('./crop.js')).crop(photos, flags);
    });
}

const outputHelp = 'where to write the card; its name says the format; - for standard output';

function addDrawingCommands(program: Command): void {
  program
    .command('magic-card')
    .description('write the card whose printed code names a scenario, in the size of an ID card')
    .argument('<scenario>', 'name, or name;key=value;key=value')
    .requiredOption('-o, --output <file>', 'where to write it: .pdf to print it, .png to show it')
    .action(async (scenario, flags) => (await import('./magic-card.js')).magicCard(scenario, flags));

  addSceneFields(program.command('scene'))
    .description('draw a test photo of a fictional card, and print where exactly the card is')
    .requiredOption('-o, --output <file>', 'where to write it: .jpg, .png or .webp')
    .option(
      '--count <number>',
      'so many photos, with seeds that follow each other: photo-1.jpg, photo-2.jpg, …',
    )
    .option('--json <file>', 'where to write the printed lines as well')
    .action(async (flags) => (await import('./scene.js')).scene(flags));
}

function addVisit(command: Command): Command {
  return command
    .requiredOption('--target <url>', 'address of the server, ours or the vendor’s')
    .requiredOption(
      '--credentials <file>',
      'YAML or JSON file with username, password, client_id, client_secret, bundle_key and hmac_key; env: VALIFY_USERNAME and so on; demo: the demo account',
    )
    .option('--yes', 'do not ask before anything is sent')
    .option('--max-calls <number>', 'stop before there are more')
    .option('--timeout <seconds>', 'how long an answer may take', '30');
}

function addVisitingCommands(program: Command): void {
  addVisit(program.command('conform'))
    .description('compare a server with the contract, row by row')
    .option('--profile <name>', 'what is expected: a built-in profile or a file', 'documented')
    .option('--only <row...>', 'rows of the contract, by their names in docs/fidelity.md')
    .option('--report <file...>', 'the whole of it: .json, .xml (JUnit), .md or .html, by the name')
    .addHelpText('after', '\nExit status: 0 no drift, 1 drift, 2 when it could not be told.')
    .action(async (flags) => (await import('./conform.js')).conform(flags));

  addVisit(program.command('calibrate'))
    .description('write a profile by which serve answers as another server does')
    .option('-o, --output <file>', 'where to write it, YAML; standard output otherwise')
    .addHelpText('after', '\nExit status: 0, or 2 when the visit was stopped.')
    .action(async (flags) => (await import('./calibrate.js')).calibrate(flags));
}

const ownWords = ['-h', '--help', '-V', '--version'];

/** Who names no command wants the default one. Not by commander, which would take a mistyped command for a word to `serve`. */
export function withCommand(words: readonly string[]): string[] {
  const [first] = words;
  const isNamed = first !== undefined && (!first.startsWith('-') || ownWords.includes(first));
  return isNamed ? [...words] : ['serve', ...words];
}
