import { type KeyboardEvent, type ReactElement, useRef } from 'react';
import { ChecksumIcon, SearchIcon, VerifyIcon } from './icons.tsx';
import { type Mode, modeAfterKey, modes } from './modes.ts';
import { ariaShortcut, shortcutLabel } from './shortcuts.ts';

export interface ModeTabsProps {
  readonly mode: Mode;
  /** The modes with a running task, which are marked so that the user sees it from the other tabs. */
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

/** Tabs that switch between the tasks. They are one tab stop, within which the arrow keys move. */
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
