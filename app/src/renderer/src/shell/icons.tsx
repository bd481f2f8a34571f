import type { ReactElement, ReactNode } from 'react';

/** An icon beside a text with the same meaning, and so hidden from screen readers. 16 units square, in the text's colour. */
function Icon({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export function FolderIcon(): ReactElement {
  return (
    <Icon>
      <path d="M1.75 12.25v-8.5a1 1 0 0 1 1-1h3.1a1 1 0 0 1 .76.35l.98 1.15h5.66a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H2.75a1 1 0 0 1-1-1Z" />
      <path d="M1.75 6.75h12.5" />
    </Icon>
  );
}

export function ChecksumIcon(): ReactElement {
  return (
    <Icon>
      <path d="M6.25 2 4.75 14M11.25 2 9.75 14M2.5 5.5h11.25M2.25 10.5H13.5" />
    </Icon>
  );
}

export function SearchIcon(): ReactElement {
  return (
    <Icon>
      <circle cx="7" cy="7" r="4.25" />
      <path d="m10.25 10.25 3.5 3.5" />
    </Icon>
  );
}

export function ImageIcon(): ReactElement {
  return (
    <Icon>
      <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1.25" />
      <circle cx="5.5" cy="6.25" r="1.15" />
      <path d="m2.25 12 3.5-3 2 1.6 3.1-3.35 3.15 3.2" />
    </Icon>
  );
}

export function CheckIcon(): ReactElement {
  return (
    <Icon>
      <circle cx="8" cy="8" r="6.25" />
      <path d="m5.25 8.25 2 2 3.5-4.25" />
    </Icon>
  );
}

export function WarningIcon(): ReactElement {
  return (
    <Icon>
      <path d="M7.13 2.5 1.6 12.1a1 1 0 0 0 .87 1.5h11.06a1 1 0 0 0 .87-1.5L8.87 2.5a1 1 0 0 0-1.74 0Z" />
      <path d="M8 6.25v3.25M8 11.5v.01" />
    </Icon>
  );
}

export function StopIcon(): ReactElement {
  return (
    <Icon>
      <circle cx="8" cy="8" r="6.25" />
      <path d="m5.9 5.9 4.2 4.2M10.1 5.9l-4.2 4.2" />
    </Icon>
  );
}

export function SaveIcon(): ReactElement {
  return (
    <Icon>
      <path d="M8 2v7.5M4.75 6.5 8 9.75l3.25-3.25M2.5 11.5v1.25a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1V11.5" />
    </Icon>
  );
}

export function CopyIcon(): ReactElement {
  return (
    <Icon>
      <rect x="5.5" y="5.5" width="8" height="8.25" rx="1.25" />
      <path d="M3.5 10.5h-.25a1 1 0 0 1-1-1V3.25a1 1 0 0 1 1-1H9.5a1 1 0 0 1 1 1v.25" />
    </Icon>
  );
}

export function CloseIcon(): ReactElement {
  return (
    <Icon>
      <path d="m4 4 8 8M12 4l-8 8" />
    </Icon>
  );
}

export function ChevronIcon(): ReactElement {
  return (
    <Icon>
      <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />
    </Icon>
  );
}

export function OpenIcon(): ReactElement {
  return (
    <Icon>
      <path d="M9.25 2.5h4.25v4.25M13.25 2.75 7.5 8.5M6.5 3H3.5a1 1 0 0 0-1 1v8.5a1 1 0 0 0 1 1H12a1 1 0 0 0 1-1v-3" />
    </Icon>
  );
}

export function VerifyIcon(): ReactElement {
  return (
    <Icon>
      <path d="M8 1.75 3 3.5v4.25c0 3 2 5.25 5 6.5 3-1.25 5-3.5 5-6.5V3.5Z" />
      <path d="m5.75 8 1.6 1.6L10.4 6.3" />
    </Icon>
  );
}

export function OffloadIcon(): ReactElement {
  return (
    <Icon>
      <path d="M2 13.5h12M2 11.5c1.5 0 2-9 4.5-9V11.5c2.5-.7 5-.2 7.5 0" />
    </Icon>
  );
}

export function FileIcon(): ReactElement {
  return (
    <Icon>
      <path d="M4 1.75h5l3.25 3.25v8.25a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V2.75a1 1 0 0 1 1-1Z" />
      <path d="M8.75 2v3.25H12" />
    </Icon>
  );
}
