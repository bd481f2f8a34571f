/** Finds an element of index.html. */
export function find<Type extends Element>(id: string, type: abstract new () => Type): Type {
  const found = document.querySelector(`#${id}`);
  if (!(found instanceof type)) throw new Error(`index.html has no ${type.name} '${id}'.`);
  return found;
}

interface Traits {
  readonly class?: string;
  readonly text?: string;
  readonly title?: string;
  readonly testId?: string;
}

/** Makes an element. */
export function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  traits: Traits = {},
  children: readonly Node[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (traits.class !== undefined) made.className = traits.class;
  if (traits.text !== undefined) made.textContent = traits.text;
  if (traits.title !== undefined) made.title = traits.title;
  if (traits.testId !== undefined) made.dataset['testid'] = traits.testId;
  made.append(...children);
  return made;
}

/** Sets a text, and touches the page only where it is another one. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
