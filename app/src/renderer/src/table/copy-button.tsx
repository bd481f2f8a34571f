import { type ReactElement, useEffect, useState } from 'react';
import { CheckIcon, CopyIcon } from '../shell/icons.tsx';
import { copyText } from './copy-text.ts';

export interface CopyButtonProps {
  readonly label: string;
  /** Name of the copied text, for the test id. */
  readonly name: string;
  /** Called when the button is clicked; returns the text to copy. */
  readonly text: () => string;
  readonly shortcut?: string;
}

const thanksMs = 1500;

/** Copies a text to the clipboard, and confirms it for a moment. */
export function CopyButton({ label, name, text, shortcut }: CopyButtonProps): ReactElement {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), thanksMs);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <button
      type="button"
      className="button small"
      data-testid={`copy-${name}`}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      onClick={() => setCopied(copyText(text()))}
    >
      {copied ? <CheckIcon /> : <CopyIcon />}
      <span aria-live="polite">{copied ? 'Copied' : label}</span>
    </button>
  );
}
