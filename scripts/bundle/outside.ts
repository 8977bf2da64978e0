import { isBuiltin } from 'node:module';
import type { Plugin } from 'rolldown';

/** Refuses a bundle that needs a package which would not be installed with it. */
export function onlyDependenciesOutside(outside: readonly string[]): Plugin {
  return {
    name: 'only-dependencies-outside',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const needed = chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]);
      const missing = needed.filter((name) => !(name in bundle || isBuiltin(name) || outside.includes(name)));
      if (missing.length > 0) this.error(`neither bundled nor a dependency: ${missing.join(', ')}`);
    },
  };
}
