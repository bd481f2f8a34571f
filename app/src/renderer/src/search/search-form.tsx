import type { FormEvent, ReactElement, Ref } from 'react';
import { RunButton } from '../run/run-button.tsx';
import { SearchIcon } from '../shell/icons.tsx';
import type { SearchOptions } from './search-options.ts';

export interface SearchFormProps {
  readonly options: SearchOptions;
  readonly onChange: (options: SearchOptions) => void;
  /** What is wrong with the pattern, if something is. */
  readonly problem: string | undefined;
  readonly patternRef: Ref<HTMLInputElement>;
  readonly running: boolean;
  /** Whether a folder is chosen and a pattern is there. */
  readonly ready: boolean;
  readonly platform: string;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

/** The search's pattern and options, with Search and Cancel. */
export function SearchForm(props: SearchFormProps): ReactElement {
  const { options, onChange, problem, patternRef, running, ready, platform, onRun, onCancel } = props;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    onRun();
  };
  return (
    <search>
      <form className="tools" aria-label="Search" onSubmit={onSubmit}>
        <div className="pattern-field">
          <SearchIcon />
          <input
            ref={patternRef}
            className={options.regex ? 'input code' : 'input'}
            type="text"
            data-testid="pattern"
            aria-label="Pattern"
            aria-invalid={problem !== undefined}
            aria-describedby={problem === undefined ? undefined : 'pattern-problem'}
            placeholder={options.regex ? 'Regular expression' : 'Text to find'}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            value={options.pattern}
            onChange={({ target }) => onChange({ ...options, pattern: target.value })}
          />
          {problem !== undefined && (
            <p
              className="field-problem"
              id="pattern-problem"
              role="alert"
              data-testid="error"
              data-kind="invalid-pattern"
            >
              {problem}
            </p>
          )}
        </div>
        <label className="check">
          <input
            type="checkbox"
            data-testid="regex"
            checked={options.regex}
            onChange={({ target }) => onChange({ ...options, regex: target.checked })}
          />
          Regular expression
        </label>
        <label className="check">
          <input
            type="checkbox"
            data-testid="ignore-case"
            checked={options.ignoreCase}
            onChange={({ target }) => onChange({ ...options, ignoreCase: target.checked })}
          />
          Ignore case
        </label>
        <RunButton label="Search" primary {...{ running, ready, platform, onCancel }} />
      </form>
    </search>
  );
}
