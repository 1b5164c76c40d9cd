import { expect, test } from 'vitest';
import { readSettings, SettingsError } from '../src/settings.ts';

const defaults = {
  port: 4000,
  host: '127.0.0.1',
  databasePath: 'var/expograph.db',
  logLevel: 'info',
  publicUrl: null,
  answerCacheMegabytes: 64,
  cacheMaxAge: 0,
  executor: 'auto',
  traces: false,
  rateLimit: 600,
  overloadDelay: 500,
  trustProxy: null,
};

/** The lines that are shown for an environment. */
function complaints(environment: NodeJS.ProcessEnv): string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.lines;
    throw error;
  }
  return [];
}

test('an empty environment gives the defaults', () => {
  expect(readSettings({})).toEqual(defaults);
});

test('a setting that is empty or blank counts as not set', () => {
  expect(readSettings({ PORT: '', HOST: ' ', DATABASE_PATH: '\t', LOG_LEVEL: '' })).toEqual(defaults);
});

test('every setting is read, and blanks around it are dropped', () => {
  const environment = {
    PORT: '0 ',
    HOST: '::1',
    DATABASE_PATH: '/srv/expo.db',
    LOG_LEVEL: ' silent',
    ANSWER_CACHE_MEGABYTES: '0',
    CACHE_MAX_AGE: '60',
    EXECUTOR: 'graphql-js',
    RATE_LIMIT: '0',
    OVERLOAD_DELAY: '0',
    TRUST_PROXY: '10.0.0.7, 172.16.0.0/12,fd00::/8',
  };
  expect(readSettings(environment)).toEqual({
    port: 0,
    host: '::1',
    databasePath: '/srv/expo.db',
    logLevel: 'silent',
    publicUrl: null,
    answerCacheMegabytes: 0,
    cacheMaxAge: 60,
    executor: 'graphql-js',
    traces: false,
    rateLimit: 0,
    overloadDelay: 0,
    trustProxy: ['10.0.0.7', '172.16.0.0/12', 'fd00::/8'],
  });
  expect(readSettings({ PUBLIC_URL: ' https://Expograph.example:8443/ ' }).publicUrl).toBe(
    'https://expograph.example:8443',
  );
});

test('settings of other programs are left alone', () => {
  expect(readSettings({ PATH: '/bin', port: 'http' })).toEqual(defaults);
});

test.each(['http', '65536', '-1', '80.5', '1e3', '0x50', '4000 4001', '99999999999999999999'])(
  'PORT=%s is refused',
  (port) => {
    expect(complaints({ PORT: port })).toEqual([`PORT must be a whole number from 0 to 65535; got "${port}".`]);
  },
);

test('the ends of the range of PORT are accepted', () => {
  expect([readSettings({ PORT: '0' }).port, readSettings({ PORT: '65535' }).port]).toEqual([0, 65_535]);
});

test.each(['localhost', '0.0.0.0', '::', 'expo.example.org', 'node-1'])('HOST=%s is accepted', (host) => {
  expect(readSettings({ HOST: host }).host).toBe(host);
});

test.each(['http://localhost', '127.0.0.1:4000', '[::1]', '256.0.0.1', 'a b', '-expo', 'a..b'])(
  'HOST=%s is refused',
  (host) => {
    expect(complaints({ HOST: host })).toEqual([
      `HOST must be an IP address or a host name, without a port or brackets, such as 127.0.0.1 or localhost; got "${host}".`,
    ]);
  },
);

test.each([
  [':memory:', 'must be the path of a file, neither a URI nor :memory:'],
  ['file:expo.db', 'must be the path of a file, neither a URI nor :memory:'],
  ['var/', 'must be the path of a file, not of a folder'],
])('DATABASE_PATH=%s is refused', (path, rule) => {
  expect(complaints({ DATABASE_PATH: path })).toEqual([`DATABASE_PATH ${rule}; got "${path}".`]);
});

test.each(['expograph.example', 'ftp://expograph.example', 'https://expograph.example/listing', 'https://a@b.example'])(
  'PUBLIC_URL=%s is refused',
  (address) => {
    expect(complaints({ PUBLIC_URL: address })).toEqual([
      `PUBLIC_URL must be an http or https address without a path, such as https://expograph.example; got "${address}".`,
    ]);
  },
);

test('proxies are so many, or at addresses, and none without them', () => {
  expect(['1', '10', '0', '::1'].map((proxies) => readSettings({ TRUST_PROXY: proxies }).trustProxy)).toEqual([
    1,
    10,
    null,
    ['::1'],
  ]);
});

test.each([
  'true',
  '*',
  '11',
  '-1',
  'proxy.example',
  '10.0.0.7:80',
  '10.0.0.0/33',
  '10.0.0.0/0',
  '::/0',
  '::1/129',
  '10.0.0.7,',
  'fe80::1%eth0',
  '10.0.0.0/8/8',
])('TRUST_PROXY=%s is refused', (proxies) => {
  expect(complaints({ TRUST_PROXY: proxies })).toEqual([
    `TRUST_PROXY must be how many proxies stand in front, from 0 to 10, or their addresses, such as 10.0.0.7 or 10.0.0.0/8,fd00::/8; got "${proxies}".`,
  ]);
});

test.each(['INFO', 'verbose'])('LOG_LEVEL=%s is refused', (level) => {
  expect(complaints({ LOG_LEVEL: level })).toEqual([
    `LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent; got "${level}".`,
  ]);
});

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }, true],
  [{ OTEL_TRACES_EXPORTER: 'otlp' }, true],
  [{ OTEL_TRACES_EXPORTER: 'console, otlp' }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, false],
  [{ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://collector:4318' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_TRACES_EXPORTER: 'none' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_TRACES_EXPORTER: 'zipkin' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_SDK_DISABLED: 'TRUE' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_SDK_DISABLED: 'false' }, true],
])('of the variables of OpenTelemetry, %o make traces be sent: %s', (environment, traces) => {
  expect(readSettings(environment)).toEqual({ ...defaults, traces });
});

test('several wrong settings get one line each, in a fixed order', () => {
  const lines = complaints({ LOG_LEVEL: 'loud', DATABASE_PATH: ':memory:', HOST: 'a b', PORT: 'http' });
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'HOST', 'DATABASE_PATH', 'LOG_LEVEL']);
  expect(() => readSettings({ PORT: 'x', HOST: 'a b' })).toThrow(/^PORT .*\nHOST .*$/);
});

test('a value of many lines or characters is shown on one line and shortened', () => {
  expect(complaints({ PORT: `1\n${'9'.repeat(1000)}` })).toEqual([
    `PORT must be a whole number from 0 to 65535; got "1\\n${'9'.repeat(78)}…".`,
  ]);
});
