export { SidecarHost, type DrainOptions, type HostEvents } from './sidecar-host.ts';
export { SidecarCrashedError, type MemoryVerdict, type StartFailure } from './crash-report.ts';
export { resolveSidecar, type ResolveOptions } from './resolve-sidecar.ts';
export type { LaunchedProcess, Launcher, LaunchSpec, ProcessExit } from './launcher.ts';
export type { LatencySummary } from './latency.ts';
export type { QuittingApp } from './quit.ts';
export type { InstanceState } from './transitions.ts';
export type {
  HostOptions,
  InstanceStatus,
  LinkOptions,
  LogEntry,
  QueueOptions,
  RestartPolicy,
  SidecarOptions,
  StateChange,
} from './types.ts';
