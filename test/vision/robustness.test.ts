import t from 'tap';
import { drawAdversarial } from '../../bench/adversarial.js';
import { cropCard, warmUp } from '../../src/vision/index.js';
import { heapBytes } from '../../src/vision/opencv/opencv.js';
import { freePlaces } from './opencv-memory.js';

// The small sister of bench/worst-case.ts, which goes on for thousands of pictures of up to 12 MP.

t.before(() => warmUp());

t.test('whatever the picture, the answer is a crop or a fault', async (t) => {
  const answers = new Set<string>();
  for (let index = 0; index < 72; index++) {
    const { name, bytes } = await drawAdversarial(5, index, 400_000);
    // Confidence 0 on every second: whatever the detector proposes has to be rectified as well.
    const options = { minSide: 1, ...(index % 2 ? { minConfidence: 0 } : {}) };
    const crop = await cropCard(bytes, options);
    answers.add(crop.fault ?? 'crop');
    if (crop.fault === undefined) t.ok(crop.width >= 1 && crop.height >= 1 && crop.image.length > 0, name);
    else t.match(crop, { fault: String, detail: String }, name);
  }
  t.strictSame([...answers].sort(), ['card-not-found', 'crop', 'image-unreadable'], 'all ends are met');
});

t.test("OpenCV's memory does not grow", async (t) => {
  const { bytes } = await drawAdversarial(5, 11, 400_000);
  const crops = async (count: number) => {
    for (let i = 0; i < count; i++) await cropCard(bytes, { minSide: 1, minConfidence: 0 });
    return [heapBytes(), ...freePlaces()];
  };
  const before = await crops(2);
  t.same(await crops(10), before);
});
