import t from 'tap';
import { createRandom } from '../../../src/random.js';
import { findCard, search } from '../../../src/vision/detect/detect.js';
import { isConvexClockwise, orderCorners } from '../../../src/vision/geometry/plane.js';
import { mapDocument } from '../../../src/vision/network/document-maps.js';
import { documentNetwork } from '../../../src/vision/network/document-network.js';
import { MatScope } from '../../../src/vision/opencv/mats.js';
import { callOpenCv, heapBytes } from '../../../src/vision/opencv/opencv.js';
import { detectionTuning } from '../../../src/vision/tuning.js';
import type { RgbImage } from '../../../src/vision/types.js';
import { drawPhoto, photographCard, tableColour } from '../drawing.js';
import { cornerDistance, drawPicture } from '../flat-picture.js';
import { freePlaces } from '../opencv-memory.js';

// The first of the tests here, as each of the others loads OpenCV.
t.test('loading OpenCV leaves no listeners behind', async (t) => {
  const listeners = () => ({
    exceptions: process.listeners('uncaughtException'),
    rejections: process.listeners('unhandledRejection'),
  });
  const before = listeners();
  t.equal(heapBytes(), 2 ** 27, 'it is loaded, and nothing was done with it yet');
  const after = listeners();
  t.same(after.exceptions.filter((listener) => !before.exceptions.includes(listener)).map(String), []);
  t.same(after.rejections.filter((listener) => !before.rejections.includes(listener)).map(String), []);
});

t.test('a card is found where it lies, clockwise from top-left', async (t) => {
  for (const turn of [0, 25, -40, 90, 170]) {
    const truth = photographCard(800, 600, { turn, share: 0.5 });
    const { corners, confidence } = findCard(drawPhoto(800, 600, truth, 1));
    t.ok(corners && cornerDistance(truth, corners) < 3, `turned by ${turn}`);
    t.ok(confidence > 0.5, `confidence ${confidence}`);
    t.ok(corners && isConvexClockwise(corners));
    t.same(corners, corners && orderCorners(corners));
  }
});

t.test('candidates come back when asked for, also where there is no card', async (t) => {
  const photo = drawPhoto(640, 480, photographCard(640, 480), 1);
  t.equal(findCard(photo).candidates, undefined);
  t.ok(findCard(photo, { keepCandidates: 3 }).candidates?.length);
  t.equal(findCard(photo, { minConfidence: 1.01 }).corners, null, 'not sure enough');
  const { corners, confidence, candidates } = findCard(drawPicture(300, 200, 99), { keepCandidates: 3 });
  t.equal(corners, null);
  t.ok(confidence < 0.01, `an empty table: ${confidence}`);
  t.same(
    candidates?.map(({ source }) => source),
    ['frame'],
    'the whole picture is always considered',
  );
});

const darker: typeof tableColour = (x, y) => {
  const [red, green, blue] = tableColour(x, y);
  return [red / 2, green / 2, blue / 2];
};

t.test(
  'a card that is lighter than its table is found at a glance, one with a band as light as that by a search',
  async (t) => {
    const truth = photographCard(800, 600, { turn: 10, share: 0.5 });
    for (const [table, isPlain] of [
      [darker, true],
      [tableColour, false],
    ] as const) {
      const { corners, candidates } = findCard(drawPhoto(800, 600, truth, 1, table), { keepCandidates: 1 });
      t.equal(candidates?.[0]?.source === 'bold-outlines', isPlain);
      t.ok(corners && cornerDistance(truth, corners) < 2);
    }
  },
);

t.test('a network that doubts that there is a document keeps no search from ending', async (t) => {
  const image = drawPhoto(800, 600, photographCard(800, 600, { turn: 10, share: 0.5 }), 1, darker);
  const maps = mapDocument(documentNetwork(), image);
  const sure = search(image, maps).candidates;
  const doubted = search(image, { ...maps, presence: 0.01 }).candidates;
  for (const found of [sure, doubted]) t.equal(found.length, 1, 'after the glance');
  t.ok(doubted[0]!.score < detectionTuning.glance.sureEnough, 'but it is told as less sure');
});

const sizes: readonly [number, number][] = [
  [1, 1],
  [1, 700],
  [700, 1],
  [2, 3],
  [7, 9],
  [16, 16],
  [31, 400],
  [320, 200],
];

t.test('no picture makes it throw, and nothing leaks', async (t) => {
  const random = createRandom('detect');
  const heap = heapBytes();
  for (const [width, height] of sizes) {
    for (const period of [0, 9]) {
      const { confidence } = findCard(noise(width, height, period));
      t.ok(confidence >= 0 && confidence <= 1, `${width} × ${height}, period ${period}`);
    }
  }
  const pictures = [0, 1, 2, 3, 4, 5, 6].map((period) => noise(160, 120, period));
  const places = () => {
    for (const picture of pictures) findCard(picture);
    return freePlaces();
  };
  const before = places();
  t.same(places(), before);
  t.equal(heapBytes(), heap);

  function noise(width: number, height: number, period: number): RgbImage {
    const data = new Uint8Array(width * height * 3);
    for (let i = 0; i < data.length; i++)
      data[i] = period === 0 ? random.int(0, 255) : 255 * ((i / 3 / period) & 1);
    return { data, width, height };
  }
});

t.test("OpenCV's exceptions come back as errors without foreign paths", async (t) => {
  const fail = (): void =>
    callOpenCv((cv) => {
      using mats = new MatScope();
      const colour = mats.from(new Uint8Array(27), 3, 3, 3);
      cv.findContours(colour, mats.vector(), mats.empty(), cv.RETR_LIST, cv.CHAIN_APPROX_SIMPLE);
    });
  t.throws(fail, { message: /^OpenCV: .*Unsupported format/s });
  t.throws(fail, { message: /^(?!.*\/\w+\/)/s });
});
