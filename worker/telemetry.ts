import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { OpenTelemetryPlugin } from '@temporalio/interceptors-opentelemetry';
import { DefaultLogger, makeTelemetryFilterString, Runtime, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { BadConfiguration } from './config';

/**
 * The SDK's own logs go where ours go, and its metrics to Prometheus. Once in a process.
 *
 * @throws BadConfiguration when the metrics' address is taken.
 */
export function installRuntime(log: Logger, metricsAddress: string | undefined): void {
  const options: RuntimeOptions = {
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      const fields = { ...meta };
      if (level === 'ERROR') log.error(fields, message);
      else if (level === 'WARN') log.warn(fields, message);
      else log.debug(fields, message);
    }),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
      ...(metricsAddress === undefined ? {} : { metrics: { prometheus: { bindAddress: metricsAddress } } }),
    },
  };
  try {
    Runtime.install(options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadConfiguration(`BOOSTA_METRICS_PORT: no metrics can be served at ${metricsAddress}: ${why}`, {
      cause: error,
    });
  }
}

export interface Tracing {
  readonly plugin: OpenTelemetryPlugin;
  shutdown(): Promise<void>;
}

/** Traces of workflows and activities, where OTEL_EXPORTER_OTLP_ENDPOINT says where to send them. */
export function startTracing(endpoint: string): Tracing {
  const resource = new Resource({ 'service.name': 'boosta-worker' });
  const processor = new BatchSpanProcessor(
    new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }),
  );
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  provider.register();
  return {
    plugin: new OpenTelemetryPlugin({ resource, spanProcessor: processor }),
    shutdown: () => provider.shutdown(),
  };
}
