/** Electron IPC channels between the window and the main process. Calls of sidecars go through message ports instead. */
export const AppChannel = {
  chooseFolder: 'app:choose-folder',
  acceptDropped: 'app:accept-dropped',
  chooseManifest: 'app:choose-manifest',
  saveManifest: 'app:save-manifest',
  openInEditor: 'app:open-in-editor',
  sidecarStates: 'app:sidecar-states',
  sidecarState: 'app:sidecar-state',
  menuAction: 'app:menu-action',
  taskProgress: 'app:task-progress',
  taskEnded: 'app:task-ended',
  offloadRun: 'app:offload-run',
  offloadStep: 'app:offload-step',
  offloadCancel: 'app:offload-cancel',
  ping: 'app:ping',
} as const;
