import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JournalEntry } from '../journal/entry.js';
import type { StageTimings } from '../vision/types.js';
import type { Context } from './context.js';

/** What is counted of a request that has ended. */
export interface Ended {
  readonly endpoint: JournalEntry['endpoint'];
  /** `none`: none that has a name. */
  readonly station: string;
  /** `none`: there was no answer. */
  readonly status: number | 'none';
  readonly seconds: number;
  /** Of a photo in which a card was found. */
  readonly timings: StageTimings | undefined;
}

export interface Instruments {
  readonly contentType: string;
  count(ended: Ended): void;
  /** In Prometheus' text format. */
  print(): Promise<string>;
}

/** Seconds. A crop takes 0.03 to 0.2 at most sizes, one of 12 MP 0.5 on a busy machine; `crop-timeout` is 15. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];

/** One set for each server. `examples/grafana/` shows all of it. */
export function createInstruments(context: Context): Instruments {
  const register = new Registry();
  const registers = [register];
  const requests = new Counter({
    name: 'id_cropper_requests_total',
    help: 'requests by endpoint (crop, token, other), the last station that they came to, and the status of the answer',
    labelNames: ['endpoint', 'station', 'status'],
    registers,
    collect: () => tally.tell(),
  });
  const tally = tallyFor(requests);
  const duration = new Histogram({
    name: 'id_cropper_request_duration_seconds',
    help: 'from the first byte of a request to the last of its answer',
    labelNames: ['endpoint'],
    buckets,
    registers,
  });
  const stages = new Histogram({
    name: 'id_cropper_crop_stage_duration_seconds',
    help: 'in a worker, by stage (decode, detect, rectify, inspect, encode), of photos in which a card was found',
    labelNames: ['stage'],
    buckets,
    registers,
  });
  gaugeNow(context, register);
  return {
    contentType: register.contentType,
    count: ({ endpoint, station, status, seconds, timings = {} }) => {
      tally.add(endpoint, station, status);
      duration.observe({ endpoint }, seconds);
      for (const [stage, ms] of Object.entries(timings)) stages.observe({ stage }, ms / 1000);
    },
    print: printer(register),
  };
}

/** Requests of one kind are many, and prom-client looks at the names of labels each time: they are counted here, and told at the next look. */
function tallyFor(requests: Counter<'endpoint' | 'station' | 'status'>) {
  const counts = new Map<string, number>();
  return {
    add: (...labels: [Ended['endpoint'], Ended['station'], Ended['status']]) => {
      const kind = labels.join(' ');
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    },
    tell: () => {
      for (const [kind, count] of counts) requests.labels(...kind.split(' ')).inc(count);
      counts.clear();
    },
  };
}

/** What stands at a number, not what was counted. */
function gaugeNow({ cropper, state }: Context, register: Registry): void {
  const gauges: readonly [name: string, help: string, read: () => number][] = [
    ['queue_photos', 'photos that wait for a worker', () => cropper.load.waiting],
    ['queue_bytes', 'bytes of the photos that wait for a worker', () => cropper.load.waitingBytes],
    [
      'upload_photos',
      'large bodies that arrive, wait for a worker or are in its hands',
      () => cropper.uploads.photos,
    ],
    ['upload_bytes', 'bytes that are held for them (max-queue-bytes)', () => cropper.uploads.bytes],
    ['workers', 'worker threads that there are', () => cropper.load.workers],
    ['workers_busy', 'photos that a worker has in hand', () => cropper.load.busy],
    ['ready', '1 once a worker is warm', () => Number(cropper.ready)],
    ['state_up', '0 while the shared state is away', () => Number(state.problem === undefined)],
  ];
  for (const [name, help, read] of gauges) {
    const gauge: Gauge = new Gauge({
      name: `id_cropper_${name}`,
      help,
      registers: [register],
      collect: () => gauge.set(read()),
    });
  }
}

/** Those of the process and of Node (`process_…`, `nodejs_…`) begin at the first look: they watch the event loop all the time. */
function printer(register: Registry): Instruments['print'] {
  let watches = false;
  return () => {
    if (!watches) collectDefaultMetrics({ register });
    watches = true;
    return register.metrics();
  };
}
