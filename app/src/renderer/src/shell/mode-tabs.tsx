import { type KeyboardEvent, type ReactElement, useRef } from 'react';
import { type Mode, modeAfterKey, modes, tabOf } from './modes.tsx';
import { ariaShortcut, shortcutLabel } from './shortcuts.ts';

export interface ModeTabsProps {
  readonly mode: Mode;
  /** The modes with a running task, which are marked so that the user sees it from the other tabs. */
  readonly running: readonly Mode[];
  readonly platform: string;
  readonly onChange: (mode: Mode) => void;
}

/** Tabs that switch between the views. They are one tab stop, within which the arrow keys move. */
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
        const { label, Icon } = tabOf(each);
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
            title={`${label} (${shortcutLabel(`show-${each}`, platform)})`}
            onClick={() => onChange(each)}
            onKeyDown={onKeyDown}
          >
            <Icon />
            <span className="tab-label">{label}</span>
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
