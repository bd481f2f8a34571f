import type { PlayIssue, PlayProblem } from '../../bridge/playground-messages.ts';

const MOST_ISSUES = 50;

/** Describes whatever a call rejected with. */
export function describeProblem(error: unknown): PlayProblem {
  if (!(error instanceof Error)) return { code: 'error', message: String(error), issues: [] };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const issues: unknown = 'issues' in error ? error.issues : undefined;
  return { code, message: error.message, issues: Array.isArray(issues) ? readIssues(issues) : [] };
}

/** Those of a ContractError are its validator's; on a handler's error the property may hold anything. */
function readIssues(issues: readonly unknown[]): PlayIssue[] {
  return issues.slice(0, MOST_ISSUES).flatMap((issue) => {
    if (typeof issue !== 'object' || issue === null || !('message' in issue)) return [];
    const path: unknown = 'path' in issue ? issue.path : [];
    return [{ path: Array.isArray(path) ? path.map(readStep) : [], message: String(issue.message) }];
  });
}

function readStep(step: unknown): string {
  return String(typeof step === 'object' && step !== null && 'key' in step ? step.key : step);
}
