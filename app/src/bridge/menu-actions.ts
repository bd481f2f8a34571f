/** What the menu asks the page to do; the same names as the page's own shortcuts have. */
export type MenuAction =
  | 'choose-folder'
  | 'save-manifest'
  | 'find'
  | 'run'
  | 'cancel'
  | 'show-checksum'
  | 'show-verify'
  | 'show-search'
  | 'show-thumbnails'
  | 'show-offload';
