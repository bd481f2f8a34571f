import { type KeyboardEvent, type ReactElement, useRef } from 'react';
import { ChecksumIcon, SearchIcon, VerifyIcon } from './icons.tsx';
import { type Mode, modeAfterKey, modes } from './modes.ts';
import { ariaShortcut, shortcutLabel } from './shortcuts.ts';

export interface ModeTabsProps {
  readonly mode: Mode;
  /** The modes with a run going on, marked so that work on the other tab isn't forgotten. */
  readonly running: readonly Mode[];
  readonly platform: string;
  readonly onChange: (mode: Mode) => void;
}

const labels: Readonly<Record<Mode, string>> = { checksum: 'Checksum', verify: 'Verify', search: 'Search' };

const icons: Readonly<Record<Mode, () => ReactElement>> = {
  checksum: ChecksumIcon,
  verify: VerifyIcon,
  search: SearchIcon,
};

/** Switches between the kinds of work; one tab stop, arrow keys move. */
export function ModeTabs({ mode, running, platform, onChange }: ModeTabsProps): ReactElement {
  const list = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = modeAfterKey(event.key, mode);
    if (!next) return;
    event.preventDefault();
    onChange(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };

  return (
    <div className="tabs" role="tablist" aria-label="Task" ref={list}>
      {modes.map((each) => {
        const ModeIcon = icons[each];
        return (
          <button
            key={each}
            type="button"
            className="tab"
            role="tab"
            id={`tab-${each}`}
            data-testid={`tab-${each}`}
            aria-selected={each === mode}
            aria-controls="task-panel"
            aria-keyshortcuts={ariaShortcut(`show-${each}`, platform)}
            tabIndex={each === mode ? 0 : -1}
            title={`${labels[each]} (${shortcutLabel(`show-${each}`, platform)})`}
            onClick={() => onChange(each)}
            onKeyDown={onKeyDown}
          >
            <ModeIcon />
            {labels[each]}
            {running.includes(each) && each !== mode && (
              <span className="tab-busy">
                <span className="visually-hidden">running</span>
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
