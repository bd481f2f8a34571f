import { expect, inMain, inPage, test } from '../../src/window-pages.ts';

/** How deep everything arrives that is nested so deep. */
function measure(client: string, depth: number): string {
  return `
    const client = ${client};
    const depthOf = (value) => { let depth = 0; for (; Array.isArray(value); depth++) [value] = value; return depth; };
    const nest = (depth) => { let value = 1; for (; depth > 0; depth--) value = [value]; return value; };
    const reports = [];
    const output = await client.nested(${depth}, { onProgress: (report) => reports.push(depthOf(report)) });
    const items = [];
    for await (const item of client.deep(${depth})) items.push(depthOf(item));
    const same = await client.same(nest(${depth}));
    return { output: depthOf(output), reports, items, same: depthOf(same) };
  `;
}

for (const depth of [900, 1_100, 5_000, 20_000]) {
  test(`what is nested ${depth} deep arrives as in the main process`, async ({ windows }) => {
    const expected = { output: depth, reports: [depth], items: [1, depth, 2], same: depth };
    expect(await inPage(windows.page, measure('demo', depth))).toEqual(expected);
    expect(await inPage(windows.page, measure('straight', depth))).toEqual(expected);
    expect(await inMain(windows.app, measure('demo', depth))).toEqual(expected);
  });
}
