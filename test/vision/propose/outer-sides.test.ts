import t from 'tap';
import { homography, project } from '../../../src/vision/geometry/perspective.js';
import { mapQuad } from '../../../src/vision/geometry/plane.js';
import { proposeOuterSides } from '../../../src/vision/propose/outer-sides.js';
import type { Quad, RgbImage } from '../../../src/vision/types.js';
import { faintEdgesBeside } from '../../../src/vision/view/faint-edges.js';
import type { OpponentImage } from '../../../src/vision/view/opponent-image.js';
import type { ViewQuad } from '../../../src/vision/view/search-view.js';
import { draw, photographCard } from '../drawing.js';
import { asOpponent, closestTo } from '../flat-picture.js';

const width = 600;
const height = 450;
const border = photographCard(width, height);
const square: Quad = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const flat = homography(border, square)!;
/** How far the printed frame lies inside the border, in cards: about as many pixels along both. */
const inset = { across: 0.035, down: 0.055 };
const frame = fromCard([inset.across, inset.down, 1 - inset.across, 1 - inset.down]);

function fromCard([left, top, right, bottom]: readonly [number, number, number, number]): ViewQuad {
  const corners: Quad = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  const back = homography(square, border)!;
  return mapQuad(corners, (corner) => project(back, corner)) as ViewQuad;
}

/** A card on a table that is darker by `levels`, with a black frame; every pixel is up to `grain` off. */
function paleCard(levels: number, grain: number): RgbImage {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 0x7fff_ffff;
    return seed / 0x7fff_ffff - 0.5;
  };
  return draw(width, height, 1, (x, y) => {
    const [u, v] = project(flat, [x, y]);
    const inner = Math.min(
      (u - inset.across) * 1.586,
      v - inset.down,
      (1 - inset.across - u) * 1.586,
      1 - inset.down - v,
    );
    const isCard = u >= 0 && v >= 0 && u <= 1 && v <= 1;
    const level = Math.abs(inner) < 0.008 ? 40 : isCard ? 220 : 220 - levels;
    const grey = level + 2 * grain * random();
    return [grey, grey, grey];
  });
}

function view(image: RgbImage): OpponentImage {
  return asOpponent(image).complete();
}

t.test('a border as pale as the table is found outside of the printed frame', async (t) => {
  for (const [levels, grain] of [
    [6, 4],
    [3, 2],
    [-4, 3],
  ] as const) {
    using picture = view(paleCard(levels, grain));
    const off = closestTo(border, proposeOuterSides(picture, frame));
    t.ok(off < 3, `${levels} levels in a grain of ${grain}: ${off.toFixed(1)} px`);
  }
});

t.test('a side that lies on the border already stays', async (t) => {
  using picture = view(paleCard(6, 3));
  const half = fromCard([0, inset.down, 1 - inset.across, 1]);
  t.ok(closestTo(border, proposeOuterSides(picture, half)) < 3);
});

t.test('where nothing runs beside a side there is nothing to move to', async (t) => {
  using picture = view(paleCard(6, 3));
  for (const [side, from] of border.entries()) {
    t.same(faintEdgesBeside(picture, from, border[(side + 1) % 4]!, 200), [], `side ${side}`);
  }
  t.same(proposeOuterSides(picture, border as ViewQuad), []);
});

t.test('a side along the frame of the picture has nothing outside', async (t) => {
  using picture = view(paleCard(6, 3));
  t.same(faintEdgesBeside(picture, [0, 0], [width - 1, 0], 200), []);
});
