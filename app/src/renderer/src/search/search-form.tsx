import type { FormEvent, ReactElement, Ref } from 'react';
import { RunButton } from '../run/run-button.tsx';
import { ChevronIcon, SearchIcon } from '../shell/icons.tsx';
import type { SearchFormOptions } from './search-options.ts';

export interface SearchFormProps {
  readonly options: SearchFormOptions;
  readonly onChange: (options: SearchFormOptions) => void;
  /** Why the pattern was refused, if it was. */
  readonly problem: string | undefined;
  readonly patternRef: Ref<HTMLInputElement>;
  readonly running: boolean;
  /** Whether a folder is chosen and a pattern is entered. */
  readonly ready: boolean;
  readonly platform: string;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

interface Switch {
  readonly name: 'regex' | 'ignoreCase' | 'wordRegexp' | 'hidden' | 'noIgnore';
  readonly label: string;
  readonly testId: string;
  readonly title: string;
}

const switches: readonly Switch[] = [
  { name: 'regex', label: 'Regular expression', testId: 'regex', title: 'The pattern is a regular expression' },
  { name: 'ignoreCase', label: 'Ignore case', testId: 'ignore-case', title: 'Upper and lower case are the same' },
  { name: 'wordRegexp', label: 'Whole word', testId: 'whole-word', title: 'Only whole words match' },
  { name: 'hidden', label: 'Hidden files', testId: 'hidden', title: 'Search hidden files and folders too' },
  { name: 'noIgnore', label: 'Ignored files', testId: 'ignored', title: 'Search what .gitignore leaves out too' },
];

const contexts = [0, 1, 2, 5];

/** The search's pattern and options, with Search and Cancel. */
export function SearchForm(props: SearchFormProps): ReactElement {
  const { options, onChange, problem, patternRef, running, ready, platform, onRun, onCancel } = props;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    onRun();
  };
  return (
    <search>
      <form className="search-form" aria-label="Search" onSubmit={onSubmit}>
        <div className="tools">
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
          <input
            className="input files-field"
            type="text"
            data-testid="files"
            aria-label="Files to search"
            title="Globs of the files to search, such as *.ts; ! in front leaves files out"
            placeholder="All files, or *.ts, !test"
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            value={options.files}
            onChange={({ target }) => onChange({ ...options, files: target.value })}
          />
          <RunButton label="Search" primary {...{ running, ready, platform, onCancel }} />
        </div>
        <div className="tools options">
          {switches.map(({ name, label, testId, title }) => (
            <label key={name} className="check" title={title}>
              <input
                type="checkbox"
                data-testid={testId}
                checked={options[name]}
                onChange={({ target }) => onChange({ ...options, [name]: target.checked })}
              />
              {label}
            </label>
          ))}
          <label className="field end">
            Lines around
            <span className="select-box">
              <select
                className="select small"
                data-testid="context"
                value={options.context}
                onChange={({ target }) => onChange({ ...options, context: Number(target.value) })}
              >
                {contexts.map((lines) => (
                  <option key={lines} value={lines}>
                    {lines === 0 ? 'none' : lines}
                  </option>
                ))}
              </select>
              <ChevronIcon />
            </span>
          </label>
        </div>
      </form>
    </search>
  );
}
