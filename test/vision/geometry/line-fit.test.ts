import t from 'tap';
import { LineFit } from '../../../src/vision/geometry/line-fit.js';

t.test('a line through weighted values', async (t) => {
  const fit = new LineFit();
  t.equal(fit.solve(), null);
  for (const position of [1, 2, 5, 9]) fit.add(position, 3 + 0.5 * position, position);
  fit.add(4, 1000, 0);
  const line = fit.solve();
  t.ok(line && Math.abs(line.start - 3) < 1e-9 && Math.abs(line.slope - 0.5) < 1e-9);
  const upright = new LineFit();
  for (const value of [1, 2, 3]) upright.add(7, value, 1);
  t.equal(upright.solve(), null, 'all at one position');
});
