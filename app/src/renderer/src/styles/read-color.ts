const probe = document.body.appendChild(document.createElement('span'));
probe.hidden = true;

/** A colour of tokens.css as a canvas takes it: of light and dark the one that holds. @param name Such as `--accent`. */
export function readColor(name: string): string {
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}
