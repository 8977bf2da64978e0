import { readFileSync } from 'node:fs';
import type { Plugin } from 'rolldown';
import { type LicenseInfo, licensePlugin } from 'rolldown-license-plugin';

/** Licences that ask for no more than to be named. */
const accepted = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
]);

/** Within files of ours or of two of the packages, and not among the packages themselves. */
const carried = ['libjpeg-turbo', 'noto-naskh-arabic', 'swagger-ui'].map((name) => ({
  title: name,
  text: readFileSync(`scripts/bundle/licences/${name}.txt`, 'utf8'),
}));

const line = `\n\n${'-'.repeat(80)}\n\n`;

/**
 * `THIRD-PARTY-LICENSES`: whatever is bundled, with its licence. A licence that asks for more fails the build.
 *
 * @param besides what packages carry within their files
 */
export const licences = (besides = carried): Plugin =>
  licensePlugin({
    done: (packages, context) => {
      const source = [...packages.map(describe), ...besides].map(
        ({ title, text }) => `${title}\n\n${text.trim()}`,
      );
      context.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES', source: `${source.join(line)}\n` });
    },
    allow: ({ license }) => license.split(/[ ()]+OR[ ()]+|[()]/).some((choice) => accepted.has(choice)),
    failOnViolation: true,
    failOnUnlicensed: true,
  });

const describe = ({ name, version, license, licenseText }: LicenseInfo) => ({
  title: `${name} ${version} (${license})`,
  text: licenseText,
});
