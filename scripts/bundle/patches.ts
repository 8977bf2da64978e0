import type { Plugin } from 'rolldown';

interface Patch {
  /** The end of the module's path. */
  readonly module: string;
  readonly from: string;
  readonly to: string;
}

/** Where code looks for a file beside itself, and the bundle has put it elsewhere; or for a package that nothing here needs. */
const list: readonly Patch[] = [
  {
    module: '/src/vision/codec/jpeg-turbo.ts',
    from: "'@julusian/jpeg-turbo')",
    to: "'./jpeg-turbo/index.js')",
  },
  {
    module: '/@fastify/swagger-ui/index.js',
    from: "path.join(__dirname, './static/logo.svg')",
    to: "path.join(__dirname, 'docs-page/logo.svg')",
  },
  {
    module: '/@fastify/swagger-ui/lib/routes.js',
    from: "path.join(__dirname, '..', 'static')",
    to: "path.join(__dirname, 'docs-page')",
  },
  // For a command that we do not send; it is optional there.
  {
    module: '/@redis/client/dist/lib/utils/digest.js',
    from: "await import('@node-rs/xxhash')",
    to: 'undefined',
  },
];

/** @throws where a module does not hold what is to be replaced: after an update of a package, say */
export function patches(): Plugin {
  const done = new Set<Patch>();
  return {
    name: 'patches',
    transform(code, id) {
      const patch = list.find(({ module }) => id.endsWith(module));
      if (patch === undefined) return null;
      done.add(patch);
      if (code.split(patch.from).length !== 2) this.error(`${id} does not hold ${patch.from} once`);
      return { code: code.replace(patch.from, patch.to), map: null };
    },
    generateBundle() {
      const missing = list.filter((patch) => !done.has(patch)).map(({ module }) => module);
      if (missing.length > 0) this.error(`not in the bundle: ${missing.join(', ')}`);
    },
  };
}
