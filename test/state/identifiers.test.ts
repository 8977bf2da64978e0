import { test } from 'tap';
import { createIdentifiers } from '../../src/state/identifiers.js';

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('names are functions of the seed and of what they belong to', async (t) => {
  const names = (seed: string) => {
    const { token, transaction } = createIdentifiers(seed);
    return [
      token('access', 'alice', 1),
      token('access', 'alice', 2),
      token('access', 'bob', 1),
      token('access', 'alice1', 1),
      token('refresh', 'alice', 1),
      transaction('token', 'service', 1),
      transaction('token', 'service', 2),
      transaction('tokens', 'ervice', 1),
      transaction('other', 'service', 1),
    ];
  };
  t.same(names('a'), names('a'));
  t.equal(new Set([...names('a'), ...names('b')]).size, 18, 'all different');
});

test('their forms', async (t) => {
  const { token, transaction } = createIdentifiers('forms');
  for (let n = 0; n < 200; n++) {
    t.match(token('access', 'alice', n), /^[A-Za-z0-9]{30}$/);
    t.match(transaction('token', 'service', n), uuidV4);
  }
});
