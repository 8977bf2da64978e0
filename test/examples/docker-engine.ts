import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Test } from 'tap';
import { type RunningCommand, startCommand } from '../support/command.js';

interface Create {
  readonly Image: string;
  readonly Env: readonly string[];
  readonly ExposedPorts: Readonly<Record<string, object>>;
}

type Container = { readonly create: Create; running?: RunningCommand };

/**
 * As much of a Docker Engine's API as Testcontainers asks of it, whose containers are processes: a container of any image is this package's command, with the
 * variables of that container. It stands in where there is no engine; that the image works is `npm run docker-check`'s to say.
 *
 * @returns its address for DOCKER_HOST, and what was created
 */
export async function startEngine(t: Test) {
  const containers: Container[] = [];
  const routes: Readonly<Record<string, (id: number, request: IncomingMessage) => Promise<object | number>>> =
    {
      'GET /info': async () => ({ ServerVersion: 'a stand-in', OperatingSystem: 'Linux', OSType: 'linux' }),
      'GET /images/:id/json': async () => ({}),
      'GET /containers/json': async () => [],
      'POST /containers/create': async (_id, request) => {
        containers.push({ create: (await json(request)) as Create });
        return { Id: String(containers.length - 1), Warnings: [] };
      },
      'POST /containers/:id/start': async (id) => {
        const { create } = containers[id]!;
        const env = Object.fromEntries(create.Env.map((each) => each.split(/=(.*)/s) as [string, string]));
        containers[id]!.running = await startCommand(t, [], { env });
        return 204;
      },
      'GET /containers/:id/json': async (id) => inspect(containers[id]!),
      'POST /containers/:id/stop': async (id) => {
        containers[id]!.running!.kill('SIGTERM');
        await containers[id]!.running!.ended;
        return 204;
      },
      'DELETE /containers/:id': async () => 204,
    };

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, 'http://engine');
    const [, id = ''] = /^\/(?:images|containers)\/(\d+|[^/]+(?=\/json))/.exec(pathname) ?? [];
    const route = id === '' ? pathname : pathname.replace(id, ':id');
    const answer = await routes[`${request.method} ${route}`]?.(Number(id), request);
    reply(response, answer ?? 404);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.teardown(() => server.closeAllConnections());
  t.teardown(() => server.close());
  return { host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, containers };
}

function reply(response: ServerResponse, answer: object | number): void {
  if (typeof answer === 'number') response.writeHead(answer).end();
  else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
}

function inspect({ create, running }: Container) {
  const { port = '' } = running === undefined ? {} : new URL(running.url);
  const ports = Object.keys(create.ExposedPorts).map((name) => [
    name,
    [{ HostIp: '127.0.0.1', HostPort: port }],
  ]);
  return {
    Name: '/id-cropper',
    Config: { Hostname: 'id-cropper', Labels: {} },
    State: {
      Status: 'running',
      Running: true,
      StartedAt: '2026-01-01T00:00:00Z',
      FinishedAt: '0001-01-01T00:00:00Z',
    },
    NetworkSettings: { Ports: Object.fromEntries(ports), Networks: {} },
  };
}
