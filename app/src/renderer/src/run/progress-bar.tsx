/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the parts of a progress element can't be animated */
import type { ReactElement } from 'react';
import { toPercent } from '../progress/fraction.ts';

export interface ProgressBarProps {
  readonly label: string;
  /** From 0 to 1; `undefined` while the amount of work is not known. */
  readonly fraction: number | undefined;
  /** The progress in words, for screen readers. */
  readonly valueText: string;
}

/** A bar that shows the progress, or an animation while the amount of work is not known. */
export function ProgressBar({ label, fraction, valueText }: ProgressBarProps): ReactElement {
  const known = fraction !== undefined;
  return (
    <div
      className={known ? 'progress-bar' : 'progress-bar indeterminate'}
      role="progressbar"
      data-testid="progress"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? toPercent(fraction) : undefined}
      aria-valuetext={valueText}
    >
      <div
        className="progress-fill"
        style={known ? { transform: `translateX(${(fraction - 1) * 100}%)` } : undefined}
      />
    </div>
  );
}
