/** Channels between the window and the main process besides the sidecars'. */
export const AppChannel = {
  chooseFolder: 'app:choose-folder',
  acceptDroppedFolder: 'app:accept-dropped-folder',
  saveManifest: 'app:save-manifest',
  sidecarStates: 'app:sidecar-states',
  sidecarState: 'app:sidecar-state',
} as const;
