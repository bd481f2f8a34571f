import { expect, test } from 'vitest';
import { FolderGrants } from '../../../src/main/folders/folder-grants.ts';

function makeGrants(): FolderGrants {
  const grants = new FolderGrants();
  grants.grant('/home/ada/photos');
  grants.grant('/home/ada/photos.sha256');
  return grants;
}

const chosen = { root: '/home/ada/photos' };
const refused = expect.objectContaining({ code: 'ERR_FOLDER_NOT_CHOSEN' });

test('a folder and a manifest that were chosen may be read', () => {
  const grants = makeGrants();
  expect(() => grants.check(chosen)).not.toThrow();
  expect(() => grants.check({ ...chosen, manifest: '/home/ada/photos.sha256', onlyBelowRoot: true })).not.toThrow();
  // The task itself refuses those that lie outside the folder.
  expect(() => grants.check({ ...chosen, images: ['a.jpg'] })).not.toThrow();
});

test.each([
  ['another folder', { root: '/home/ada' }],
  ['a folder below it', { root: '/home/ada/photos/2024' }],
  ['images of another folder', { root: '/home/ada', images: ['photos/a.jpg'] }],
  ['no folder', {}],
  ['nothing', null],
  ['paths, which may lead anywhere', { ...chosen, paths: ['../secret'] }],
  ['outputs', { ...chosen, outputs: [] }],
  ['another manifest', { ...chosen, manifest: '/etc/shadow', onlyBelowRoot: true }],
  ['a manifest that may name files anywhere', { ...chosen, manifest: '/home/ada/photos.sha256' }],
  ['bytes', { root: new Uint8Array([47]) }],
])('%s is refused', (_, input) => {
  expect(() => makeGrants().check(input)).toThrow(refused);
});

test('a place in a file of a chosen folder may be opened', () => {
  const place = makeGrants().placeBelow(chosen.root, { path: 'a/..b/c.txt', line: 3, column: 7 });
  expect(place).toEqual({ path: '/home/ada/photos/a/..b/c.txt', line: 3, column: 7 });
  expect(makeGrants().placeBelow(chosen.root, { path: 'c', line: -1, column: '2' })).toMatchObject({
    line: 1,
    column: 1,
  });
});

test.each(['../photos.sha256', 'a/../../x', '', '.', 7])('the place %s is refused', (path) => {
  expect(() => makeGrants().placeBelow(chosen.root, { path, line: 1, column: 1 })).toThrow(refused);
});
