#!/usr/bin/env node
import { createProgram, withCommand } from './commands/program.js';
import { UsageError } from './commands/usage-error.js';
import { ConfigError } from './config/config.js';
import { packageJson } from './package-root.js';

/** Status of a command line or a configuration that cannot be carried out. */
const usageError = 2;
const usageErrors = [ConfigError, UsageError];

// Whoever reads the lines has seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

createProgram((error) => process.exit(error.exitCode === 0 ? 0 : usageError))
  .parseAsync(withCommand(process.argv.slice(2)), { from: 'user' })
  .catch((error: Error) => {
    console.error(`${packageJson.name}: ${error.message}`);
    process.exitCode = usageErrors.some((type) => error instanceof type) ? usageError : 1;
  });
