import { defineConfig } from 'vitest/config';

/** happy-dom's own `fetch` asks for CORS, as a browser does. Here the client stands for a program, not for a page. */
const happyDOM = { settings: { fetch: { disableSameOriginPolicy: true } } };

/** A machine that does much else may take long for a crop. */
const testTimeout = 60_000;

export default defineConfig({
  test: {
    globalSetup: './global-setup.mjs', // once: the projects do not extend this
    projects: [
      { test: { name: 'node', testTimeout, environment: 'node' } },
      { test: { name: 'jsdom', testTimeout, environment: 'jsdom' } },
      {
        test: { name: 'happy-dom', testTimeout, environment: 'happy-dom', environmentOptions: { happyDOM } },
      },
      { test: { name: 'vm-threads', testTimeout, pool: 'vmThreads' } },
    ],
  },
});
