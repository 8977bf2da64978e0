import type { Plugin } from 'rolldown';

/**
 * `index.mjs`: the names of `index.js` for `import`. There is one copy of everything, whichever way it is loaded, so that
 * `instanceof` holds between the two. The folder is marked as CommonJS, since the package itself is not.
 */
export function esmDoor(): Plugin {
  return {
    name: 'esm-door',
    generateBundle(_options, bundle) {
      const { 'index.js': index } = bundle;
      if (index?.type !== 'chunk') return this.error('there is no index.js');
      const names = [...index.exports].sort().join(',\n  ');
      const source = `import door from './index.js';\n\nexport const {\n  ${names},\n} = door;\n`;
      this.emitFile({ type: 'asset', fileName: 'index.mjs', source });
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
    },
  };
}
