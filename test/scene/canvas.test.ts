import t from 'tap';
import { type Canvas, createCanvas } from '../../src/scene/canvas.js';
import { fillEllipse, fillPolygon, fillRect } from '../../src/scene/fill.js';
import { strokeLines } from '../../src/scene/stroke.js';
import { drawText, measureText } from '../../src/scene/text.js';

const black = [0, 0, 0] as const;
const white = [255, 255, 255] as const;

const board = () => createCanvas(20, 10, 4, black);

/** Square millimetres that are white. */
const painted = ({ data, scale }: Canvas) =>
  data.reduce((sum, value) => sum + value, 0) / 255 / 3 / (scale * scale);

const rows: readonly (readonly [string, number, (canvas: Canvas) => void])[] = [
  ['a rectangle on the grid', 12, (c) => fillRect(c, 2, 1, 4, 3, white)],
  ['a rectangle between pixels', 12, (c) => fillRect(c, 2.1, 1.125, 4, 3, white)],
  ['a rectangle half outside', 6, (c) => fillRect(c, -2, 1, 4, 3, white)],
  ['an ellipse', Math.PI * 6, (c) => fillEllipse(c, 8, 5, 3, 2, white)],
  ['a ring, by the even-odd rule', 16 - 4, (c) => fillPolygon(c, [square(2, 4), square(3, 2)], white)],
  ['half a coat', 6, (c) => fillRect(c, 2, 1, 4, 3, white, 0.5)],
  [
    'a line with round ends',
    8 + Math.PI / 4,
    (c) =>
      strokeLines(
        c,
        [
          [
            [4, 5],
            [12, 5],
          ],
        ],
        1,
        white,
      ),
  ],
  [
    'a line thinner than a pixel',
    8 * 0.1,
    (c) =>
      strokeLines(
        c,
        [
          [
            [4, 5],
            [12, 5],
          ],
        ],
        0.1,
        white,
      ),
  ],
];

function square(at: number, side: number) {
  return [
    [at, at],
    [at + side, at],
    [at + side, at + side],
    [at, at + side],
  ] as const;
}

t.test('shapes cover the area that geometry gives them', async (t) => {
  for (const [name, area, draw] of rows) {
    const canvas = board();
    draw(canvas);
    t.ok(Math.abs(painted(canvas) - area) < 0.03 * area + 0.05, `${name}: ${painted(canvas)} for ${area}`);
  }
});

t.test('crossing lines of one stroke are not painted twice', async (t) => {
  const canvas = board();
  strokeLines(
    canvas,
    [
      [
        [5, 5],
        [15, 5],
      ],
      [
        [10, 2],
        [10, 8],
      ],
    ],
    1,
    white,
    0.5,
  );
  t.equal(Math.max(...canvas.data), 128);
});

t.test('a line of text is as wide as it measures', async (t) => {
  const style = { size: 2, paint: white };
  for (const text of ['CARD', 'Ivo Quist', '0123<<']) {
    const canvas = board();
    t.ok(Math.abs(drawText(canvas, text, 1, 6, style) - 1 - measureText(text, style)) < 1e-9, text);
    t.ok(painted(canvas) > 1, `${text} is visible`);
  }
});

t.test('a letter that the font lacks leaves a gap', async (t) => {
  const canvas = board();
  drawText(canvas, '漢', 1, 6, { size: 2, paint: white });
  t.equal(painted(canvas), 0);
});
