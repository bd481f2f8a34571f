import { answerParent, readArguments, tellParent } from '../process/answer-parent.mjs';
import { Random } from '../random.mjs';
import { findScenarios } from '../scenarios/index.mjs';

/** Runs a scenario in a process of its own, which reports each turn to its parent and asks it whether to go on. */

const [{ name, seed, isShort, folder }] = readArguments();
let isOver = false;

answerParent({
  stop: () => {
    isOver = true;
  },
});
const [[, scenario] = []] = findScenarios(name);
const outcome = await scenario?.run({
  random: new Random(seed),
  isShort,
  folder,
  isOver: (turn) => {
    tellParent({ type: 'turn', turn });
    return isOver;
  },
});
tellParent({ type: 'outcome', outcome });
