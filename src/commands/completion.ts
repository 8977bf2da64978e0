import type { Argument, Command, Option } from 'commander';
import type { Shell } from './shells.js';

/** A script for a shell, made from the tree of commands; it does not call the program to complete a word. */
export const completionScript = (program: Command, shell: Shell): string =>
  scripts[shell](program.name(), program.commands.map(describe));

const scripts: Readonly<Record<Shell, (name: string, commands: readonly Described[]) => string>> = {
  bash,
  zsh,
  fish,
};

interface Described {
  readonly name: string;
  readonly help: string;
  readonly options: readonly DescribedOption[];
  /** What its arguments may be; none where they may be anything, such as files. */
  readonly choices: readonly string[];
  readonly takesWords: boolean;
}

interface DescribedOption {
  readonly long: string;
  readonly short: string | undefined;
  readonly help: string;
  readonly takesValue: boolean;
  /** Nothing where a value may be anything, such as a file. */
  readonly choices: readonly string[];
}

function describe(command: Command): Described {
  return {
    name: command.name(),
    help: command.description(),
    options: command.options.map(describeOption),
    choices: command.registeredArguments.flatMap(({ argChoices }: Argument) => argChoices ?? []),
    takesWords: command.registeredArguments.length > 0,
  };
}

function describeOption({ long, short, flags, description, argChoices, required, optional }: Option) {
  const [, alternatives] = /[<[](.+\|.+)[>\]]/.exec(flags) ?? [];
  return {
    long: long ?? flags,
    short,
    help: description.replace(/ \[[^\]]*\]$/, ''),
    takesValue: required || optional,
    choices: argChoices ?? alternatives?.split('|') ?? [],
  };
}

/** In single quotes, as all three shells take it. */
const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const quoteForFish = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const words = ({ options, choices }: Described) => [...choices, ...options.map(({ long }) => long)].join(' ');
const namesOf = ({ long, short }: DescribedOption) => (short === undefined ? [long] : [long, short]);

function bash(name: string, commands: readonly Described[]): string {
  const known = commands.map((command) => command.name);
  const values = commands.flatMap((command) =>
    command.options
      .filter(({ takesValue }) => takesValue)
      .map((option) => {
        const patterns = namesOf(option)
          .map((each) => quote(`${command.name} ${each}`))
          .join('|');
        return `    ${patterns}) words=${quote(option.choices.join(' '))} ;;`;
      }),
  );
  return `# bash completion of ${name}
_valify_id_cropper_simulator() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=serve words word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${known.join('|')}) command=$word; break ;; esac
  done
  case $command in
${commands.map((command) => `    ${command.name}) words=${quote(words(command))} ;;`).join('\n')}
  esac
  [ "$COMP_CWORD" = 1 ] && words="${known.join(' ')} $words"
  case "$command $previous" in
${values.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _valify_id_cropper_simulator ${name}
`;
}

function zsh(name: string, commands: readonly Described[]): string {
  const escaped = (text: string) => text.replace(/[[\]:\\]/g, '\\$&');
  const spec = (option: DescribedOption) =>
    namesOf(option).map((each) => {
      const value = option.choices.length > 0 ? `(${option.choices.join(' ')})` : '_files';
      return quote(`${each}[${escaped(option.help)}]${option.takesValue ? `:value:${value}` : ''}`);
    });
  const argument = ({ choices, takesWords }: Described) =>
    takesWords ? [quote(`*:word:${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}`)] : [];
  const branches = commands.map((command) => {
    const specs = [...command.options.flatMap(spec), ...argument(command)];
    return `    ${command.name}) _arguments ${specs.join(' ')} ;;`;
  });
  return `#compdef ${name}
_valify_id_cropper_simulator() {
  local -a commands=(${commands.map(({ name, help }) => quote(`${name}:${escaped(help)}`)).join(' ')})
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe command commands
    return
  fi
  local command=serve
  if [[ $words[2] != -* ]]; then
    command=$words[2]
    shift words
    (( CURRENT-- ))
  fi
  case $command in
${branches.join('\n')}
  esac
}
compdef _valify_id_cropper_simulator ${name}
`;
}

function fish(name: string, commands: readonly Described[]): string {
  const known = commands.map((command) => command.name).join(' ');
  const lines = commands.flatMap((command) => {
    const given = `__fish_seen_subcommand_from ${command.name}`;
    // Who names no command wants serve.
    const condition =
      command.name === 'serve' ? `${given}; or not __fish_seen_subcommand_from ${known}` : given;
    const start = `complete -c ${name} -n ${quoteForFish(condition)}`;
    return [
      `complete -c ${name} -n ${quoteForFish(`not __fish_seen_subcommand_from ${known}`)} -f -a ${command.name} -d ${quoteForFish(command.help)}`,
      ...(command.choices.length > 0 ? [`${start} -f -a ${quoteForFish(command.choices.join(' '))}`] : []),
      ...command.options.map((option) => {
        const short = option.short === undefined ? '' : ` -s ${option.short.slice(1)}`;
        const value = option.choices.length > 0 ? ` -x -a ${quoteForFish(option.choices.join(' '))}` : ' -r';
        return `${start} -l ${option.long.slice(2)}${short}${option.takesValue ? value : ''} -d ${quoteForFish(option.help)}`;
      }),
    ];
  });
  return `# fish completion of ${name}\n${lines.join('\n')}\n`;
}
