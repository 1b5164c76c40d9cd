import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  createTraceState,
  DiagLogLevel,
  diag,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { FastifyRequest } from 'fastify';
import { VERSION } from '../graphql/version.ts';
import type { Operation } from './asked.ts';

/** So long the last spans may take to be sent, in milliseconds. */
const LONGEST_FLUSH = 2_000;

/** The span of a request, and of the operation in it. */
export interface RequestTrace {
  /** Does what answers the request: the spans of its statements are below it, or below the operation's. */
  within(isOperation: boolean, work: () => void): void;
  /** Ends the operation's span. */
  answered(operation: Operation | undefined, errors: readonly string[]): void;
  /** Ends the request's span. */
  end(answer: { route: string | undefined; status: number | undefined; isWhole: boolean }): void;
}

/** Spans of what the service does, sent to whoever collects them. They never hold variables, nor an operation's text. */
export interface Traces {
  begin(request: FastifyRequest): RequestTrace;
  statementEnded(sql: string, milliseconds: number): void;
  /** Sends what was not sent yet, if that can be done within seconds. */
  close(): Promise<void>;
}

/**
 * Opens what the OTEL_* variables of the environment ask for; the SDK reads them. It takes a while to load, so that only
 * who wants traces imports this module.
 * @param tell is told why spans cannot be sent
 */
export function openTraces(tell: (problem: string) => void): Traces {
  const silent = () => {};
  const error = (...told: unknown[]) => tell(told.map(String).join(' '));
  diag.setLogger(
    { error, warn: silent, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'expograph', 'service.version': VERSION }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new NodeTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('expograph', VERSION);
  const active = new AsyncLocalStorage<Context>();

  return {
    begin(request) {
      const { method, protocol, hostname, port, url, headers, raw } = request;
      const span = tracer.startSpan(
        method,
        {
          kind: SpanKind.SERVER,
          attributes: {
            'http.request.method': method,
            'url.scheme': protocol,
            'url.path': url.split('?', 1)[0],
            'server.address': hostname,
            ...(port !== null && { 'server.port': port }),
            'network.protocol.version': raw.httpVersion,
            'expograph.request_id': request.id,
          },
        },
        callerOf(headers),
      );
      const around = trace.setSpan(ROOT_CONTEXT, span);
      let operationSpan: ReturnType<typeof tracer.startSpan> | undefined;
      return {
        within(isOperation, work) {
          operationSpan = isOperation ? tracer.startSpan('graphql', {}, around) : undefined;
          active.run(operationSpan ? trace.setSpan(around, operationSpan) : around, work);
        },
        answered(operation, errors) {
          // What is never ended is never sent: the playground's page is no operation.
          if (!operationSpan || !operation) return;
          operationSpan.updateName(operation.type);
          operationSpan.setAttributes({
            'graphql.operation.type': operation.type,
            ...(operation.name !== undefined && { 'graphql.operation.name': operation.name }),
            'expograph.operation.hash': operation.hash,
          });
          const [code] = errors;
          if (code !== undefined) operationSpan.setAttribute('error.type', code);
          if (code === 'INTERNAL_SERVER_ERROR') operationSpan.setStatus({ code: SpanStatusCode.ERROR });
          operationSpan.end();
        },
        end({ route, status, isWhole }) {
          if (route !== undefined) span.updateName(`${method} ${route}`).setAttribute('http.route', route);
          if (status !== undefined) span.setAttribute('http.response.status_code', status);
          if (!isWhole) span.setAttribute('error.type', 'gone');
          else if (status !== undefined && status >= 500)
            span.setAttribute('error.type', String(status)).setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    statementEnded(sql, milliseconds) {
      const around = active.getStore();
      if (!around) return;
      const end = performance.now();
      const [verb = ''] = /^\w+/.exec(sql) ?? [];
      const attributes = { 'db.system.name': 'sqlite', 'db.operation.name': verb };
      tracer.startSpan(verb, { kind: SpanKind.CLIENT, startTime: end - milliseconds, attributes }, around).end(end);
    },
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<string>((resolve) => {
        timer = setTimeout(
          () => resolve(`the last ones were not taken in ${LONGEST_FLUSH / 1_000} seconds`),
          LONGEST_FLUSH,
        );
      });
      const problem = await Promise.race([provider.shutdown().then(() => null, String), patience]);
      clearTimeout(timer);
      if (problem !== null) tell(problem);
    },
  };
}

/** Whose span the request belongs to, as the W3C's Trace Context tells it. */
function callerOf({ traceparent, tracestate }: FastifyRequest['headers']): Context {
  const told =
    typeof traceparent === 'string' ? /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent) : null;
  const [, traceId = '', spanId = '', flags = ''] = told ?? [];
  const caller = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  if (!isSpanContextValid(caller)) return ROOT_CONTEXT;
  const traceState = typeof tracestate === 'string' ? createTraceState(tracestate) : undefined;
  return trace.setSpanContext(ROOT_CONTEXT, { ...caller, ...(traceState && { traceState }) });
}
