import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCollector } from '../support/collector.ts';
import { openWorkplace, type Served, serve, type Workplace } from '../support/command-line.ts';

let place: Workplace;
beforeAll(() => {
  place = openWorkplace('world-manufacturing-convention');
});
afterAll(() => rmSync(place.folder, { recursive: true }));

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const query = 'query Mine($slug: String!) { edition(slug: $slug) { year } }';

const ask = (service: Served, headers: Record<string, string> = {}) =>
  fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close', ...headers },
    body: JSON.stringify({ query, variables: { slug: 'a-secret' } }),
  });

/** @returns the code that it ends with, and after how many milliseconds */
async function stop(service: Served): Promise<{ code: number | null; took: number }> {
  const began = performance.now();
  service.child.kill('SIGTERM');
  return { code: await service.ended, took: performance.now() - began };
}

test('a request, the operation in it and its statements are spans of the caller’s trace, sent before the service ends', async () => {
  const collector = await openCollector();
  const service = await serve(place, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
  const reply = await ask(service, { traceparent: `00-${TRACE}-${CALLER}-01`, 'x-request-id': 'mine' });
  expect(await reply.json()).toEqual({ data: { edition: null } });
  expect((await stop(service)).code).toBe(0);

  const { spans } = collector;
  expect(collector.paths).toEqual(['/v1/traces']);
  const [request, operation] = [spans.find(({ kind }) => kind === 2), spans.find(({ kind }) => kind === 1)];
  const port = Number(new URL(service.url).port);
  expect(request).toEqual({
    name: 'POST /graphql',
    traceId: TRACE,
    spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
    parentSpanId: CALLER,
    kind: 2,
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'url.scheme': 'http',
      'url.path': '/graphql',
      'server.address': '127.0.0.1',
      'server.port': port,
      'network.protocol.version': '1.1',
      'expograph.request_id': 'mine',
    },
    resource: expect.objectContaining({ 'service.name': 'expograph', 'service.version': expect.stringMatching(/^\d/) }),
  });
  expect(operation).toMatchObject({
    name: 'query',
    traceId: TRACE,
    parentSpanId: request?.spanId,
    attributes: {
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Mine',
      'expograph.operation.hash': createHash('sha256').update(query).digest('hex'),
    },
  });
  const statements = spans.filter(({ kind }) => kind === 3);
  expect(statements.length).toBeGreaterThan(0);
  for (const statement of statements)
    expect(statement).toMatchObject({
      name: 'SELECT',
      traceId: TRACE,
      parentSpanId: operation?.spanId,
      attributes: { 'db.system.name': 'sqlite', 'db.operation.name': 'SELECT' },
    });
  expect(spans).toHaveLength(2 + statements.length);
  expect(collector.bytes()).not.toMatch(/secret|edition\(/);
});

test('names, attributes and samplers of the standard variables are taken; machines that ask every few seconds leave no trace', async () => {
  const collector = await openCollector();
  const service = await serve(place, {
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.endpoint}/mine`,
    OTEL_SERVICE_NAME: 'fairs',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    OTEL_TRACES_SAMPLER: 'parentbased_always_off',
  });
  const { origin } = new URL(service.url);
  const sampled = { traceparent: `00-${TRACE}-${CALLER}-01` };
  await (await ask(service)).text();
  await (await ask(service, { traceparent: `00-${TRACE}-${CALLER}-00` })).text();
  await (await ask(service, { traceparent: `00-${'0'.repeat(32)}-${CALLER}-01` })).text();
  for (const path of ['/livez', '/readyz', '/metrics']) await (await fetch(origin + path, { headers: sampled })).text();
  await (await fetch(`${origin}/nothing`, { headers: { ...sampled, connection: 'close' } })).text();
  await stop(service);
  expect(collector.paths).toEqual(['/mine']);
  expect(collector.spans).toEqual([
    expect.objectContaining({
      name: 'GET',
      parentSpanId: CALLER,
      resource: expect.objectContaining({ 'service.name': 'fairs', 'deployment.environment.name': 'test' }),
    }),
  ]);
});

test.each<Record<string, string>>([{ OTEL_SDK_DISABLED: 'true' }, { OTEL_TRACES_EXPORTER: 'none' }])(
  'with %o nothing is sent',
  async (off) => {
    const collector = await openCollector();
    const service = await serve(place, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, ...off });
    await (await ask(service)).text();
    await stop(service);
    expect(collector.paths).toEqual([]);
  },
);

test('a collector that is away or never answers takes nothing from the answers, and holds the service for seconds at most', async () => {
  const silent = await openCollector({ answers: false });
  const away = 'http://127.0.0.1:9';
  for (const endpoint of [away, silent.endpoint]) {
    const service = await serve(place, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, LOG_LEVEL: 'warn' });
    expect(await (await ask(service)).json()).toEqual({ data: { edition: null } });
    const { code, took } = await stop(service);
    expect([endpoint, code]).toEqual([endpoint, 0]);
    expect(took).toBeLessThan(10_000);
    if (endpoint === away) expect(service.said()).toContain('traces cannot be sent');
  }
});
