import { readFileSync } from 'node:fs';

// node scripts/release-notes.mjs v1.2.3 [FOLDER]: the changelog's section of that version, for the release; fails where the tag, package.json and
// the changelog do not agree. Plain JavaScript: it runs before anything is installed.
const [tag = '', folder = '.'] = process.argv.slice(2);
const version = /^v(\d+\.\d+\.\d+(?:-[\w.]+)?)$/.exec(tag)?.[1];
const { version: packaged } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
const sections = readFileSync(`${folder}/CHANGELOG.md`, 'utf8').split(/^## /m).slice(1);
const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
const problems = [
  ...(version === undefined ? [`the tag ${tag} is no version such as v1.2.3`] : []),
  ...(version !== packaged ? [`the tag is ${tag}, package.json says ${packaged}`] : []),
  ...(section === undefined ? [`CHANGELOG.md has no section "## ${version}"`] : []),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(section.slice(section.indexOf('\n')).trim());
