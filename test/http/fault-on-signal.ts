// Loaded before the command by shutdown.test.ts: at SIGUSR2 happens what FAULT says, which nobody catches.

const faults: Readonly<Record<string, () => unknown>> = {
  throw: () =>
    setImmediate(() => {
      throw new Error('a fault of ours');
    }),
  reject: () => Promise.reject(new Error('a fault of ours')),
  'reject with nothing': () => Promise.reject(),
};

process.on('SIGUSR2', () => void faults[process.env.FAULT ?? '']?.());
