import { EventEmitter } from 'node:events';
import { styleText } from 'node:util';
import type { Config } from '../config/config.js';
import { RealDate, setImmediate } from '../real-time.js';

/** Where log lines go. */
export interface LogStream {
  write(line: string): unknown;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

/** The stream in the setting `log-format`. Whoever read it may leave, or its disk be full: lines are lost then, and nothing else. */
export function logAs(format: Config['logFormat'], stream: LogStream): LogStream {
  if (stream instanceof EventEmitter && !stream.listeners('error').includes(passOver))
    stream.on('error', passOver);
  if (format === 'pretty' || (format === 'auto' && isTerminal(stream))) return readableLog(stream);
  const own = [process.stderr, process.stdout].find((it) => it === stream);
  return own === undefined ? stream : gathered(own);
}

/** Lines that come in one turn of the event loop are one call to the system, which costs as much as all else of a line. */
function gathered(stream: NodeJS.WriteStream): LogStream {
  const known = gatherings.get(stream) ?? gather(stream);
  gatherings.set(stream, known);
  return known;
}

const gatherings = new WeakMap<NodeJS.WriteStream, LogStream>();

function gather(stream: NodeJS.WriteStream): LogStream {
  let lines = '';
  const write = () => {
    if (lines !== '') stream.write(lines);
    lines = '';
  };
  process.once('exit', write);
  return {
    write: (line) => {
      if (lines === '') setImmediate(write);
      lines += line;
    },
  };
}

/** An error that nobody listens to ends the process. */
const passOver = () => {};

const isTerminal = (stream: LogStream) => 'isTTY' in stream && stream.isTTY === true;

/**
 * Each line of JSON as a line for people, coloured where the terminal shows colours (`NO_COLOR` and `FORCE_COLOR` say otherwise).
 * Our own, since pino-pretty brings twenty packages for the one shape of line that there is here.
 */
function readableLog(stream: LogStream): LogStream {
  const options = { stream: stream as NodeJS.WritableStream };
  const paint: Paint = (style, text) => (isTerminal(stream) ? styleText(style, text, options) : text);
  return { write: (line) => stream.write(`${toReadable(line, paint)}\n`) };
}

const levels: Readonly<Record<number, readonly [name: string, style: Style]>> = {
  10: ['TRACE', 'dim'],
  20: ['DEBUG', 'dim'],
  40: ['WARN', 'yellow'],
  50: ['ERROR', 'red'],
  60: ['FATAL', 'red'],
};

/**
 * @param line of JSON, as the logger writes it
 * @returns time, request, answer, refusal, whatever else is known as `name=value`; below them the stack of an error
 */
export function toReadable(line: string, paint: Paint): string {
  const { level, time, pid, hostname, reqId, msg, method, path, status, ms, rule, reason, err, ...facts } =
    JSON.parse(line, (_, value) => (typeof value === 'string' ? harmless(value) : value));
  const [name, style] = levels[level as number] ?? ['', 'dim'];
  const words = [
    paint('dim', timeOfDay(time)),
    name !== '' && paint(style, name),
    method !== undefined && `${method} ${path}`,
    status === undefined ? msg : paint(styleOf(status), String(status)),
    ms !== undefined && paint('dim', `${ms} ms`),
    [rule, reason].filter(Boolean).join(': '),
    ...Object.entries(facts).map(([fact, value]) => paint('dim', `${fact}=${textOf(value)}`)),
  ];
  const stack: string[] = err === undefined ? [] : String(err.stack ?? err.message).split('\n');
  return [words.filter(Boolean).join('  '), ...stack.map((frame) => `    ${frame}`)].join('\n');
}

function timeOfDay(ms: number): string {
  const time = new RealDate(ms);
  return `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

const styleOf = (status: number): Style => (status < 400 ? 'green' : status < 500 ? 'yellow' : 'red');

const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** What a client sent may stand in a reason; a terminal would obey it. JSON has it escaped. */
const harmless = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
  text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, (character) =>
    JSON.stringify(character)
      .slice(1, -1)
      .replace(/^[\u007f-\u009f]$/, '�'),
  );
