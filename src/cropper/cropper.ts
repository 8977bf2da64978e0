import { EventEmitter, once } from 'node:events';
import { URL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Config } from '../config/config.js';
import { vendorError } from '../errors.js';
import { clearTimeout, setTimeout } from '../real-time.js';
import type { CropOptions } from '../vision/types.js';
import type { CropTask, InspectedCrop } from './crop-worker.js';
import { endThreads } from './end-threads.js';
import { makeRoomForPixels } from './thread-heap.js';
import { takeTurn } from './turn.js';
import { type Place, UploadRoom } from './upload-room.js';
import { WaitingRoom } from './waiting-room.js';

/** The bridge from HTTP to vision: worker threads behind a bounded queue. */
export interface Cropper {
  /**
   * A place for a body that is about to be read, and for what it becomes.
   * @param needsWorker false where it is known already that nothing will be cropped
   * @throws {VendorError} `SERVICE_UNAVAILABLE` when there is none
   */
  expect(declaredBytes: number, needsWorker: boolean): Place;
  /**
   * Takes the bytes over: they must be a memory of their own, and the caller must not use them again.
   * @param departure emits `gone` when nobody waits for the crop any more
   * @throws {VendorError} `SERVICE_UNAVAILABLE` when the queue is full, or no worker was free for too long; `ClientGone`; any error of
   * a worker that died, as it is.
   */
  crop(bytes: Uint8Array<ArrayBuffer>, departure?: EventEmitter): Promise<InspectedCrop>;
  /** Ends a worker in the middle of its work, on purpose. @throws what a crop throws whose worker died */
  killWorker(): Promise<never>;
  /** Loads OpenCV in a first worker. Until then `ready` is false. */
  warmUp(): Promise<void>;
  readonly ready: boolean;
  readonly load: CropperLoad;
  /** Of large bodies: arriving, waiting for a worker, being cropped. */
  readonly uploads: Pick<UploadRoom, 'photos' | 'bytes'>;
  /** @returns whether all workers have ended; one in native code ends only with that, and until then the process cannot exit */
  close(): Promise<boolean>;
}

/** As it stands now. */
export interface CropperLoad {
  /** Photos that wait for a worker, and their bytes. */
  readonly waiting: number;
  readonly waitingBytes: number;
  /** Photos that a worker has in hand. */
  readonly busy: number;
  /** Threads that there are, warm or not. */
  readonly workers: number;
}
/** For the journal, whose every entry they make longer. */
const keepCandidates = 6;

/** The settings that the vision library knows, by its own names. */
export const cropOptions = (config: Config): CropOptions => ({
  maxPixels: config.maxPixels,
  minSide: config.minSide,
  minConfidence: config.minConfidence,
  outputFormat: config.outputFormat,
  maxOutputSide: config.outputMaxSide,
  quality: config.outputQuality,
});

const cropWorker = new URL('./crop-worker.js', import.meta.url);

/**
 * @param settings asked at each crop, as they may change
 * @param worker module of the threads, another one where a test wants them to fail
 */
export function createCropper(settings: () => Config, worker: URL = cropWorker): Cropper {
  let pool: Piscina<CropTask, InspectedCrop> | undefined;
  let ready = false;
  let closed = false;
  const room = new WaitingRoom(settings().workers);
  const uploads = new UploadRoom();

  // Only now: a server that has not opened its port yet must not spend its time on 7 MB of WebAssembly.
  const openPool = () => {
    pool ??= createPool(settings(), worker);
    return pool;
  };

  return {
    uploads,
    expect: (declaredBytes, needsWorker) => {
      const { workers, maxQueue, maxQueueBytes: bytes } = settings();
      return uploads.enter(declaredBytes, { photos: needsWorker ? workers + maxQueue : Infinity, bytes });
    },
    crop: async (bytes, departure) => {
      const config = settings();
      if (room.size >= config.maxQueue) {
        throw vendorError('SERVICE_UNAVAILABLE', `${config.maxQueue} photos wait already`);
      }
      const options = { ...cropOptions(config), keepCandidates };
      const task = { bytes, options, readsCode: config.magicCard };
      return takeTurn(room, { ...config, departure, bytes: bytes.byteLength }, (signal) =>
        runIn(openPool(), task, { transferList: [bytes.buffer], signal }),
      );
    },
    killWorker: () => openPool().run(undefined as never, { name: 'die' }) as Promise<never>,
    warmUp: async () => {
      await openPool()
        .run(undefined as never, { name: 'warmUp' })
        .catch((error: unknown) => {
          if (!closed) throw error;
        });
      ready = !closed;
    },
    get ready() {
      return ready;
    },
    get load() {
      const { size: waiting, bytes: waitingBytes, busy } = room;
      return { waiting, waitingBytes, busy, workers: pool?.threads.length ?? 0 };
    },
    close: async () => {
      closed = true;
      ready = false;
      return pool === undefined || endsInTime(endThreads(async () => pool?.destroy()));
    },
  };
}

/**
 * MB of JavaScript objects; pixels and OpenCV's memory are none. A crop has 30 at most, so that only a fault of ours comes near, which then costs
 * its thread: without a limit it would take the memory of the machine, and with it the process.
 */
const workerHeapMb = 256;
/**
 * MB of them that are yet to be looked through. At its limit, Node gives a heap 16 MB more to end its thread in, and what survives a young generation of V8's
 * own size may be more than that: then the process is ended instead. One allocation beyond those 16 MB ends it all the same.
 */
const workerYoungMb = 6;

function createPool(config: Config, worker: URL): Piscina<CropTask, InspectedCrop> {
  makeRoomForPixels();
  const pool = new Piscina<CropTask, InspectedCrop>({
    filename: worker.href,
    resourceLimits: { maxOldGenerationSizeMb: workerHeapMb, maxYoungGenerationSizeMb: workerYoungMb },
    minThreads: 1,
    maxThreads: config.workers,
    idleTimeout: 30_000,
    // A worker needs none of the loaders, profilers and inspectors that the process was started with.
    execArgv: [],
    // Pixels give way to the event loop, so that a request that needs none is answered at once.
    niceIncrement: 5,
  });
  // A worker that fails between two crops is replaced; the next crop does not care.
  pool.on('error', () => {});
  return pool;
}

/** Where the signal ends the task, it ends the thread that runs it. */
function runIn(
  pool: Piscina<CropTask, InspectedCrop>,
  task: CropTask,
  { signal, transferList }: { readonly signal: EventEmitter; readonly transferList: ArrayBuffer[] },
): Promise<InspectedCrop> {
  const ending = new EventEmitter();
  signal.once('abort', () => {
    void endThreads(async () => {
      const threads = [...pool.threads];
      ending.emit('abort');
      await Promise.all(threads.filter((thread) => !pool.threads.includes(thread)).map(hasGone));
    });
  });
  return pool.run(task, { transferList, signal: ending });
}

const hasGone = (thread: Worker) => (thread.threadId === -1 ? undefined : once(thread, 'exit'));

/** A worker in JavaScript or WebAssembly ends at once, one in a native loop (decoding, encoding) not before that is over. */
const terminationMs = 1000;

async function endsInTime(end: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), terminationMs);
  });
  const inTime = await Promise.race([end.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
