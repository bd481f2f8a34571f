import { Command, Option } from 'commander';
import type { InspectionEndpoint } from '../../inspection/find-endpoints.ts';
import { findEndpoints } from '../../inspection/find-endpoints.ts';
import type { ConsoleInstance } from '../../inspection/tick.ts';
import type { CliContext } from '../context.ts';
import { untrustedError } from '../errors.ts';
import { connectHost, HOST_TIMEOUT_MS } from '../find/hosts.ts';
import { addPlace, type ServerFlags, socketRootOf } from '../find/server-options.ts';
import { type FoundServer, findServers } from '../find/servers.ts';
import { instanceColumns } from '../text/instances.ts';
import { type Paint, paintState } from '../text/paint.ts';
import { formatTable } from '../text/table.ts';
import { toJson } from '../text/to-json.ts';

interface ListFlags extends Pick<ServerFlags, 'socketRoot' | 'appspace'> {
  readonly json?: boolean;
  readonly names?: boolean;
}

/** A host, and what it said; or why it didn't. */
interface ListedHost {
  readonly name: string;
  readonly pid: number;
  readonly instances: readonly ConsoleInstance[];
  readonly problem: string | null;
}

export function listCommand(context: CliContext): Command {
  const command = new Command('list')
    .summary('show the Servers that listen here, and hosts with their instances')
    .description(
      'Show the Servers of this user that listen on this machine, and the hosts that allow inspection, with their instances.',
    )
    .option('--json', 'one object of JSON: { servers, hosts }')
    .addOption(new Option('--names', 'names only, one a line, without asking anybody (for completions)').hideHelp());
  return addPlace(command).action((flags: ListFlags) => list(flags, context));
}

async function list(flags: ListFlags, { out, paint }: CliContext): Promise<void> {
  const root = socketRootOf(flags);
  const [servers, { endpoints, problems }] = await Promise.all([findServers(root, flags.appspace), findEndpoints()]);
  if (flags.names === true) {
    const names = [...servers, ...endpoints].map(({ name }) => name);
    return out.write(names.map((name) => `${name}\n`).join(''));
  }
  const hosts = await Promise.all(endpoints.map(ask));
  await out.write(
    flags.json === true ? `${toJson({ servers, hosts })}\n` : describe({ root, servers, hosts }, paint).join('\n'),
  );
  // What is above is right, but not all that there may be.
  if (problems.length > 0) throw untrustedError(problems);
}

async function ask(endpoint: InspectionEndpoint): Promise<ListedHost> {
  const { name, pid } = endpoint;
  try {
    using host = await connectHost(endpoint);
    const instances = await host.client.instances(undefined, { timeout: HOST_TIMEOUT_MS });
    return { name, pid, instances, problem: null };
  } catch (error) {
    return { name, pid, instances: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

function describe(
  { root, servers, hosts }: { root: string; servers: readonly FoundServer[]; hosts: readonly ListedHost[] },
  paint: Paint,
): string[] {
  const serverColumns = [
    { title: 'SERVER', text: ({ name }: FoundServer) => name },
    {
      title: 'STATE',
      text: ({ state }: FoundServer) => state,
      paint: (text: string) => paintState(paint, text),
    },
    { title: 'SOCKET', text: ({ path }: FoundServer) => path },
  ];
  const none = `No Server listens in ${root}.`;
  const noHost = 'No host allows inspection: see allowInspection() in docs/CLI.md.';
  return [
    ...(servers.length === 0 ? [none] : formatTable(serverColumns, servers, paint)),
    '',
    ...(hosts.length === 0 ? [noHost] : hosts.flatMap((host) => describeHost(host, paint))),
    '',
  ];
}

function describeHost({ name, pid, instances, problem }: ListedHost, paint: Paint): string[] {
  const title = { title: 'HOST', text: () => `${name} (${pid})` };
  if (problem !== null) {
    const why = { title: 'PROBLEM', text: () => problem, paint: (text: string) => paint('red', text) };
    return formatTable([title, why], [null], paint);
  }
  if (instances.length === 0) return formatTable([title, { title: 'INSTANCE', text: () => '-' }], [null], paint);
  return formatTable([title, ...instanceColumns(paint)], instances, paint);
}
