export { natsLauncher, type ListenOptions, type NatsLauncher, type NatsLauncherOptions } from './launcher.ts';
export { runAgent, type Agent, type AgentEntry, type AgentOptions } from './agent.ts';
export type { GroupOptions, NatsAuthentication } from './options.ts';
export type { AgentStatus } from './wire.ts';
