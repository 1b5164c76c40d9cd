import { statSync } from 'node:fs';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Freshness } from '../graphql/freshness.ts';
import { VERSION } from '../graphql/version.ts';
import { ErrorCode } from '../select/errors.ts';
import type { Found } from './answer-cache.ts';

/** From a kept answer to a file of all the data, in seconds. */
const REQUEST_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** From a record that is looked up to a search through everything, in seconds. */
const STATEMENT_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** How often the delay of the event loop is looked at, in milliseconds. */
const LOOP_PRECISION = 10;

/** A request that was answered, or whose client went away. */
export interface EndedRequest {
  method: string;
  /** The pattern of its address; undefined where there is none. */
  route: string | undefined;
  /** Undefined where the answer did not come to its end. */
  status: number | undefined;
  seconds: number;
}

/** What is counted, as Prometheus reads it. Every label has few values, whatever is asked. */
export interface Metrics {
  requestBegan(): void;
  requestEnded(request: EndedRequest): void;
  /**
   * @param operation the name of a worked question, or "other"
   * @param outcome "ok", "gone" or the code of an error
   */
  operationEnded(operation: string, outcome: string, found: Found | undefined): void;
  statementEnded(milliseconds: number): void;
  /** Of an operation that a thread was asked, with its waiting. */
  asideEnded(milliseconds: number): void;
  /** Tells of what is looked at when it is asked for. */
  watch(sources: MetricSources): void;
  /** @returns the text of all of them and its media type */
  read(): Promise<{ type: string; text: string }>;
}

/** What is there to look at. Each may throw while the database cannot be read. */
export interface MetricSources {
  databasePath: string;
  freshness(): Freshness;
  generation(): number;
  isReady(): boolean;
  cache(): { answers: number; bytes: number; most: number };
}

/** @returns metrics in a registry of their own: there may be several services in a process */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: `expograph_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, buckets: number[], labelNames: Label[] = []) =>
    new Histogram({ name: `expograph_${name}`, help, buckets, labelNames, registers });
  const gauge = (name: string, help: string, value: () => number | undefined) =>
    new Gauge({
      name: `expograph_${name}`,
      help,
      registers,
      collect() {
        const current = orUndefined(value);
        if (current === undefined) this.remove();
        else this.set(current);
      },
    });
  const requests = counter('http_requests_total', 'Requests that ended, by the pattern of their address.', [
    'method',
    'route',
    'status',
  ]);
  const requestSeconds = histogram(
    'http_request_duration_seconds',
    'How long requests took, from their head to the end of the answer.',
    REQUEST_SECONDS,
    ['route', 'status'],
  );
  const operations = counter('graphql_operations_total', 'Operations of /graphql, by the first error they met.', [
    'operation',
    'outcome',
  ]);
  const lookups = counter('answer_cache_lookups_total', 'Operations, by how their answers were come by.', ['found']);
  const statements = counter('sqlite_statements_total', 'Statements that were executed.');
  const statementSeconds = histogram(
    'sqlite_statement_duration_seconds',
    'How long statements took.',
    STATEMENT_SECONDS,
  );
  const asideSeconds = histogram(
    'graphql_aside_duration_seconds',
    'How long operations took that a thread of their own was asked, waiting included. Their statements are not counted.',
    REQUEST_SECONDS,
  );
  let inFlight = 0;
  gauge('http_requests_in_flight', 'Requests whose answers are not at their end.', () => inFlight);
  new Gauge({
    name: 'expograph_build_info',
    help: 'The version that runs.',
    labelNames: ['version', 'node_version'],
    registers,
  }).set({ version: VERSION, node_version: process.version }, 1);

  return {
    requestBegan() {
      inFlight += 1;
    },
    requestEnded({ method, route = 'none', status, seconds }) {
      inFlight -= 1;
      const outcome = status === undefined ? 'gone' : `${Math.floor(status / 100)}xx`;
      requests.inc({ method, route, status: outcome });
      requestSeconds.observe({ route, status: outcome }, seconds);
    },
    operationEnded(operation, outcome, found) {
      operations.inc({ operation, outcome: outcome in ErrorCode || /^(?:ok|gone)$/.test(outcome) ? outcome : 'other' });
      if (found) lookups.inc({ found });
    },
    statementEnded(milliseconds) {
      statements.inc();
      statementSeconds.observe(milliseconds / 1_000);
    },
    asideEnded(milliseconds) {
      asideSeconds.observe(milliseconds / 1_000);
    },
    watch({ databasePath, freshness, generation, isReady, cache }) {
      gauge('ready', '1 when /readyz says that the service is ready.', () => Number(isReady()));
      gauge('answer_cache_answers', 'Answers that are kept.', () => cache().answers);
      gauge('answer_cache_bytes', 'What is kept of answers.', () => cache().bytes);
      gauge('answer_cache_limit_bytes', 'How much of answers may be kept.', () => cache().most);
      gauge('database_size_bytes', 'The size of the database file.', () => sizeOf(databasePath));
      gauge('database_wal_size_bytes', 'The size of its write-ahead log.', () => sizeOf(`${databasePath}-wal`));
      gauge('data_generation', 'Another number whenever another process has written the database.', generation);
      gauge('data_changed_timestamp_seconds', 'When an import last changed the data.', () => {
        const changedAt = freshness().changedAt;
        return changedAt ? changedAt.valueOf() / 1_000 : undefined;
      });
      new Gauge({
        name: 'expograph_data_info',
        help: 'The version of the data.',
        labelNames: ['version'],
        registers,
        collect() {
          this.reset();
          const version = orUndefined(() => freshness().version);
          if (version !== undefined) this.set({ version }, 1);
        },
      });
    },
    async read() {
      const [own, ofProcess] = [await registry.metrics(), await processRegistry().metrics()];
      return { type: registry.contentType, text: `${own}\n${ofProcess}` };
    },
  };
}

let ofThisProcess: Registry | undefined;

/** What is watched of the process is so once, for all services in it: who watches cannot be sent away again. */
export function processRegistry(): Registry {
  if (!ofThisProcess) {
    ofThisProcess = new Registry();
    collectDefaultMetrics({ register: ofThisProcess, eventLoopMonitoringPrecision: LOOP_PRECISION });
  }
  return ofThisProcess;
}

/** What cannot be looked at is left out, so that the others can be read. */
function orUndefined<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
