import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type InstanceState, type Step, stateOf, transitions } from '../../src/host/transitions.ts';

const guide = readFileSync(resolve(import.meta.dirname, '../../../docs/SIDECARS.md'), 'utf8');
const table = /^## States$(.*?)^## /ms.exec(guide)?.[1] ?? '';
const rows = [...table.matchAll(/^\| `(\w+)` +\|[^|]*\|([^|]*)\|$/gm)];

test('docs/SIDECARS.md says of each state what follows it', () => {
  const documented = rows.map(([, state, cell = '']) => [state, findStates(cell)]);
  const actual = [...new Set(Object.values(stateOf)), 'spare' as const].map((state) => [state, followersOf(state)]);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(actual));
});

function findStates(cell: string): string[] {
  return [...cell.matchAll(/`(\w+)`/g)].map(([, state = '']) => state).toSorted();
}

/** The other states that some event leads to. A spare is at the same step as one that is ready, and becomes that. */
function followersOf(state: InstanceState): string[] {
  if (state === 'spare') return ['ready', ...followersOf('ready')].toSorted();
  const steps = Object.keys(stateOf).filter(
    (step): step is Step => step in transitions && Reflect.get(stateOf, step) === state,
  );
  const targets = steps.flatMap((step): (Step | 'restartOrFail')[] => Object.values(transitions[step]));
  const states = targets.flatMap((target) => (target === 'restartOrFail' ? ['backoff', 'failed'] : [stateOf[target]]));
  const followers = states.flatMap((other) => (other === 'ready' ? [other, 'spare'] : [other]));
  return [...new Set(followers)].filter((other) => other !== state).toSorted();
}
