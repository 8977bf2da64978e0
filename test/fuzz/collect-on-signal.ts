// Loaded before the command by fuzz.check.ts: at SIGUSR2 its main thread collects what it no longer needs, and says so.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

process.on('SIGUSR2', () => {
  collect();
  console.log('collected');
});
