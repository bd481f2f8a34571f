export { SidecarHost } from './sidecar-host.ts';
export type { HostEvents, InstanceStatus, LogEntry, StateChange } from './host-events.ts';
export { SidecarCrashedError, type MemoryVerdict, type StartFailure } from './crash-report.ts';
export { resolveSidecar, type ResolveOptions } from './resolve-sidecar.ts';
export type { LaunchedProcess, Launcher, LaunchSpec, ProcessExit } from './launcher.ts';
export type { LatencySummary } from './latency.ts';
export type { QuittingApp } from './quit.ts';
export type { InstanceState } from './transitions.ts';
export type {
  DrainOptions,
  HostOptions,
  LinkOptions,
  PortHandover,
  ProcessPriority,
  QueueOptions,
  RestartPolicy,
  SidecarOptions,
} from './types.ts';
export type { PortLimits, PortMessage } from '#port';
