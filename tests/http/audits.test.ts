import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '../support/app.ts';
import { WMC } from '../support/one-series.ts';

let app: TestApp;
let url: string;
beforeAll(async () => {
  app = await openApp({ only: WMC });
  ({ url } = await app.listen());
});
afterAll(() => app?.close());

test('each of the 61 audits of GraphQL over HTTP is passed, without a warning or a notice', async () => {
  const audits = serverAudits({ url: () => `${url}/graphql` });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  const short = results.flatMap((result) =>
    result.status === 'ok' ? [] : [`${result.id} ${result.name}: ${result.reason}`],
  );
  expect(short).toEqual([]);
  expect(results).toHaveLength(61);
});
