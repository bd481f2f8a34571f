import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assumedNames } from '../support/documents/assumed.ts';
import { checkData } from '../support/documents/check-data.ts';
import { checkPrograms } from '../support/documents/check-programs.ts';
import { checkShell } from '../support/documents/check-shell.ts';
import { findProgramLines, runPrograms } from '../support/documents/run-programs.ts';
import { findDocuments, readDocument } from '../support/documents/markdown.ts';

const documents = findDocuments();
const rows = documents.map((document) => [document.path, document] as const);

describe('the blocks of code', () => {
  test.each(rows)('of %s', async (_, document) => {
    expect([...checkData(document), ...checkShell(document), ...(await checkPrograms(document))]).toStrictEqual([]);
  });

  const programs = documents.flatMap((document) =>
    findProgramLines(document).map((lines) => ({ document, lines, path: document.path, first: lines[0]?.file })),
  );
  test.each(programs)('of $path run, and print what the comments say: $first', async ({ document, lines }) => {
    const promised = lines.filter(({ isInBackground }) => !isInBackground).map(({ comment }) => comment);
    expect(await runPrograms(document, lines)).toStrictEqual(promised);
  });

  test('names are taken for granted only in documents that are there', () => {
    const paths = documents.map(({ path }) => path);
    expect(Object.keys(assumedNames).filter((path) => !paths.includes(path))).toStrictEqual([]);
  });
});

describe('a block is found to be wrong', () => {
  const wrongPrograms: [string, string, RegExp][] = [
    [
      'an import that is not there',
      "import { Serve } from 'ipc-link';",
      /^line-1\.js\(2,10\).*no exported member.*Serve/,
    ],
    ['a module that is not there', "import 'ipc-link/nothing';", /^line-1\.js\(2,8\).*ipc-link\/nothing/],
    [
      'an option that is not there',
      "import { Server } from 'ipc-link';\nnew Server('a', { timeOut: 1 });",
      /^line-1\.js\(3,19\).*timeOut/,
    ],
    ['a name that nothing declares', 'host.start();', /^line-1\.js\(2,1\).*'host'/],
    ['code that is none', 'const = 1;', /^line-1\.js\(2,7\)/],
  ];

  test.each(wrongPrograms)('%s', async (_, program, complaint) => {
    const complaints = await checkPrograms(readDocument('made-up.md', `\`\`\`js\n${program}\n\`\`\`\n`));
    expect(complaints).toContainEqual(expect.stringMatching(complaint));
  });

  test('a whole file that uses what only fragments may take for granted', async () => {
    const document = readDocument('docs/SIDECARS.md', '```js\n// main.mjs\nhost.start();\n```\n');
    expect(await checkPrograms(document)).toContainEqual(expect.stringMatching(/^main\.mjs\(3,1\).*'host'/));
  });

  test.each([
    ['npm run nothing', "./package.json has no script 'nothing'"],
    ['npm run start --prefix examples/electron-stream', "examples/electron-stream/package.json has no script 'start'"],
    ['npm install nothing-at-all', "'nothing-at-all' is neither this package nor one that it uses"],
    ['npm ci && node examples/nothing.mjs # a comment', 'there is no file examples/nothing.mjs'],
    ['npx vitest run shared/test/nothing', 'there is no file shared/test/nothing'],
    ['npx nothing', "nothing installed has the program 'nothing'"],
    ['nothing --at all', "the check of documents does not know 'nothing'"],
  ])('%s', (line, reason) => {
    const complaint = expect.stringContaining(reason);
    expect(checkShell(readDocument('made-up.md', `\`\`\`sh\n${line}\n\`\`\`\n`))).toStrictEqual([complaint]);
    if (line.startsWith('np'))
      expect(checkShell(readDocument('made-up.md', `Call \`${line}\`.`))).toStrictEqual([complaint]);
  });

  test('a copy of a file that is not what the file has', () => {
    const copy = (name: string, text: string): string => `The file\n\n\`${name}\`:\n\n\`\`\`js\n${text}\`\`\`\n`;
    const text = readFileSync(new URL('../../../examples/pool.mjs', import.meta.url), 'utf8');
    const exact = readDocument('made-up.md', copy('examples/pool.mjs', text));
    expect(exact.blocks[0]?.copyOf).toBe('examples/pool.mjs');
    expect(checkData(exact)).toStrictEqual([]);
    for (const [name, changed] of [
      ['examples/pool.mjs', `${text}\n`],
      ['examples/nothing.mjs', text],
    ] as const)
      expect(checkData(readDocument('made-up.md', copy(name, changed)))).toStrictEqual([
        `line 5: this is not what is in ${name}`,
      ]);
  });

  test.each([
    ['', 'text', /^line 1: '' is no language/],
    ['basic', '10 PRINT', /^line 1: 'basic' is no language/],
    ['json', '{ "a": }', /^line 1: SyntaxError/],
    ['yaml', 'a: [', /^line 1: YAMLException/],
  ])('a block of %s', (language, text, complaint) => {
    const complaints = checkData(readDocument('made-up.md', `\`\`\`${language}\n${text}\n\`\`\`\n`));
    expect(complaints).toStrictEqual([expect.stringMatching(complaint)]);
  });
});
