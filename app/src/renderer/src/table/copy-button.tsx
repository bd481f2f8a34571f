import { type ReactElement, useEffect, useState } from 'react';
import { CheckIcon, CopyIcon } from '../shell/icons.tsx';
import { copyText } from './copy-text.ts';

export interface CopyButtonProps {
  readonly label: string;
  /** What is copied, in a word. */
  readonly name: string;
  /** Called when it is copied. */
  readonly text: () => string;
  readonly shortcut?: string;
}

const thanksMs = 1500;

/** Puts a text on the clipboard, and says so for a moment. */
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
