import { join } from 'node:path';
import { test } from 'tap';
import ts from 'typescript';
import { packageRoot } from '../../src/package-root.js';

/** What a user writes; `|` stands before each word that the mouse rests on. */
const marked = `
import { startMock } from 'valify-id-cropper-simulator';
const mock = await startMock({ |trials: 1, |trialsExhaustedCode: 5010, |warm: false });
const entry = await mock.waitForRequest({ |status: 422 }, { |timeout: '5s' });
console.log(entry.|station, entry.|rule, entry.|reason, entry.photo?.|kept);
await mock.settings.change({ |tokenLifetime: 1 });
await mock.|summary();
`;

/** What the editor shows there, of the package as it is published. */
const shown: readonly (readonly [word: string, text: RegExp])[] = [
  ['trials', /^Calls per token and service.* Default: 3\.$/],
  ['trialsExhaustedCode', /^Answer a token without trials with 422/],
  ['warm', /OpenCV/],
  ['status', /^Of the answer/],
  ['timeout', /^Real time/],
  ['station', /^The station that decided\.$/],
  ['rule', /^Row of the error catalogue/],
  ['reason', /^Why it was refused, and what to do/],
  ['kept', /^Whether the journal still has the picture itself\.$/],
  ['tokenLifetime', /^Seconds that an access token lives\. Default: 600\.$/],
  ['summary', /one line each/],
];

const file = join(packageRoot, 'test/docs/hovered.mts');
const text = marked.replaceAll('|', '');

function openEditor(): ts.LanguageService {
  return ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const content = name === file ? text : ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => packageRoot,
    getCompilationSettings: () => ({
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ['node'],
      skipLibCheck: true,
    }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
}

test('what an editor says of settings, options and journal entries', async (t) => {
  const editor = openEditor();
  const places = [...marked.matchAll(/\|/g)].map(({ index }, n) => index - n);
  t.equal(places.length, shown.length);
  for (const [n, [word, expected]] of shown.entries()) {
    const info = editor.getQuickInfoAtPosition(file, places[n]!);
    t.match(text.slice(places[n]), new RegExp(`^${word}`));
    t.match(ts.displayPartsToString(info?.documentation), expected, word);
  }
});
