import { isIP } from 'node:net';
import { z } from 'zod';

const executors = ['auto', 'compiled', 'graphql-js'] as const;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Everything that the environment decides. */
export interface Settings {
  /** 0 lets the system choose a free one. */
  port: number;
  host: string;
  /** Relative to the working directory. */
  databasePath: string;
  logLevel: (typeof logLevels)[number];
  /** Where readers reach the service: "https://expograph.example", with nothing behind; null to take it from each request. */
  publicUrl: string | null;
  /** So much of the memory is for answers that may be asked for again, in MB; 0 keeps none. */
  answerCacheMegabytes: number;
  /** For how many seconds browsers and the caches on the way may use an answer of the graph without asking again. */
  cacheMaxAge: number;
  /** Which operations are compiled: those that recur, all of them, or none. */
  executor: (typeof executors)[number];
  /** Whether OpenTelemetry's own variables, which its SDK reads, want traces to be sent. */
  traces: boolean;
  /** So many requests a minute are answered to each client; 0 for any number. */
  rateLimit: number;
  /** So many milliseconds late on average the service refuses what it cannot answer in time; 0 to refuse nothing. */
  overloadDelay: number;
  /**
   * Whose X-Forwarded-* headers are believed: those of so many proxies in front, or of proxies at these addresses and
   * networks; null believes none.
   */
  trustProxy: number | string[] | null;
}

/** One clear line for each setting that is wrong. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly lines: string[];

  constructor(lines: string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

const wholeNumber = (most: number, rule = `must be a whole number from 0 to ${most}`) =>
  z
    .string()
    .regex(/^\d+$/, rule)
    .transform(Number)
    .refine((number) => number <= most, rule);

/** The rules' messages continue the name of the setting. */
const environment = z.object({
  PORT: wholeNumber(65_535).default(4000),
  HOST: z
    .string()
    .refine(isHost, 'must be an IP address or a host name, without a port or brackets, such as 127.0.0.1 or localhost')
    .default('127.0.0.1'),
  DATABASE_PATH: z
    .string()
    .refine((path) => !/^(:memory:|file:)/i.test(path), 'must be the path of a file, neither a URI nor :memory:')
    .refine((path) => !/[/\\]$/.test(path), 'must be the path of a file, not of a folder')
    .default('var/expograph.db'),
  PUBLIC_URL: z
    .string()
    .refine(
      (address) => originOf(address) !== null,
      'must be an http or https address without a path, such as https://expograph.example',
    )
    .transform(originOf)
    .optional(),
  ANSWER_CACHE_MEGABYTES: wholeNumber(1_000_000).default(64),
  CACHE_MAX_AGE: wholeNumber(31_536_000).default(0),
  EXECUTOR: z.enum(executors, `must be one of ${executors.join(', ')}`).default('auto'),
  RATE_LIMIT: wholeNumber(1_000_000).default(600),
  OVERLOAD_DELAY: wholeNumber(60_000).default(500),
  TRUST_PROXY: z
    .string()
    .transform((text, { addIssue }) => {
      const proxies = proxiesIn(text);
      if (proxies !== undefined) return proxies;
      addIssue(
        'must be how many proxies stand in front, from 0 to 10, or their addresses, such as 10.0.0.7 or 10.0.0.0/8,fd00::/8',
      );
      return z.NEVER;
    })
    .optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
});

/** The origin of an address that has nothing else; else null. */
function originOf(address: string): string | null {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return null;
  const { origin, href } = new URL(address);
  return href === `${origin}/` ? origin : null;
}

function isHost(host: string): boolean {
  if (isIP(host) !== 0) return true;
  const labels = host.split('.');
  // A name that ends in a number is a mistyped address: 256.0.0.1.
  if (host.length > 253 || /^\d+$/.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
}

/** How many proxies, or where they are; undefined when it says neither. "true" would believe whoever asks. */
function proxiesIn(text: string): number | string[] | undefined {
  if (/^([0-9]|10)$/.test(text)) return Number(text);
  const networks = text.split(',').map((network) => network.trim());
  return networks.every(isNetwork) ? networks : undefined;
}

/** "10.0.0.7", "10.0.0.0/8" or "fd00::/8". */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (isIP(address) === 0 || address.includes('%') || more.length > 0) return false;
  if (bits === undefined) return true;
  // A network of all addresses is everybody.
  return /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (isIP(address) === 6 ? 128 : 32);
}

/**
 * @param variables the environment; one that is empty or blank counts as not set
 * @returns the settings, with the defaults for those that are not set
 * @throws SettingsError with one line for each setting that is wrong
 */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const given: Record<string, string | undefined> = {};
  // `set PORT=4000 && …` in a Windows shell leaves a blank behind the value.
  for (const name of Object.keys(environment.shape)) given[name] = variables[name]?.trim() || undefined;
  const read = environment.safeParse(given);
  if (!read.success) {
    const rules = new Map(read.error.issues.toReversed().map((issue) => [String(issue.path[0]), issue.message]));
    const names = Object.keys(environment.shape).filter((name) => rules.has(name));
    throw new SettingsError(names.map((name) => `${name} ${rules.get(name)}; got ${shown(given[name])}.`));
  }
  const {
    PORT: port,
    HOST: host,
    DATABASE_PATH: databasePath,
    LOG_LEVEL: logLevel,
    PUBLIC_URL: publicUrl = null,
    ANSWER_CACHE_MEGABYTES: answerCacheMegabytes,
    CACHE_MAX_AGE: cacheMaxAge,
    EXECUTOR: executor,
    RATE_LIMIT: rateLimit,
    OVERLOAD_DELAY: overloadDelay,
    TRUST_PROXY: trustProxy = null,
  } = read.data;
  return {
    port,
    host,
    databasePath,
    logLevel,
    publicUrl,
    answerCacheMegabytes,
    cacheMaxAge,
    executor,
    rateLimit,
    overloadDelay,
    // No proxy is what there is without the setting.
    trustProxy: trustProxy === 0 ? null : trustProxy,
    traces: wantsTraces(variables),
  };
}

/** Without a collector that is named, or asked for at its usual place, there is nobody to send them to. */
function wantsTraces(variables: NodeJS.ProcessEnv): boolean {
  const given = (name: string) => variables[name]?.trim() || undefined;
  const exporter = given('OTEL_TRACES_EXPORTER');
  if (given('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return false;
  if (exporter !== undefined) return exporter.split(',').some((name) => name.trim() === 'otlp');
  return (given('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? given('OTEL_EXPORTER_OTLP_ENDPOINT')) !== undefined;
}

/** Quoted, on one line, and not longer than a reader needs. */
function shown(value = ''): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}

/**
 * The settings of this process: the only place that reads its environment.
 * @throws SettingsError as `readSettings` does
 */
export function environmentSettings(): Settings {
  // SQLite is told so here alone, before it opens its first file; without it nothing is served from read-only media.
  process.env.SQLITE_USE_URI = '1';
  return readSettings(process.env);
}
