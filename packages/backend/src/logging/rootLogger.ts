import type { Writable } from 'node:stream';
import { createConfigSecretEnumerator } from '@backstage/backend-defaults/rootConfig';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { format, transports } from 'winston';
import { currentRequestId } from './requestId';

/** Puts the id of the request that a line is about into it. */
const withRequestId = format(info => {
  const requestId = currentRequestId();
  return requestId ? { ...info, requestId } : info;
});

/** What a sign-in provider hands over in the address of a request (RFC 6749, 4.1.2): it works once, and is nobody's to read. */
const handedOver = /([?&](?:code|state)=)[^&\s"]+/g;

const withoutHandedOver = format(info => {
  const fields = Object.entries(info).filter((field): field is [string, string] => typeof field[1] === 'string');
  return Object.assign(
    info,
    Object.fromEntries(fields.map(([name, text]) => [name, text.replace(handedOver, '$1***')])),
  );
});

/** One JSON object a line in production, lines for people elsewhere. */
function lineFormat() {
  const isProduction = process.env.NODE_ENV === 'production';
  return format.combine(
    withRequestId(),
    withoutHandedOver(),
    ...(isProduction ? [format.timestamp(), format.json()] : [WinstonLogger.colorFormat()]),
  );
}

/**
 * Backstage's logger with the id of the request in every line, and the time in lines of JSON. Every value that the schemas
 * of the configuration call secret is struck out, as Backstage does. Level by `LOG_LEVEL`, else `backend.logger.level`, else
 * `info`.
 *
 * @param output - where lines go. Default: stdout
 */
export function createRootLoggerFeature(output?: Writable) {
  return createServiceFactory({
    service: coreServices.rootLogger,
    deps: { config: coreServices.rootConfig },
    async factory({ config }) {
      const logger = WinstonLogger.create({
        meta: { service: 'backstage' },
        level: process.env.LOG_LEVEL ?? config.getOptionalString('backend.logger.level') ?? 'info',
        format: lineFormat(),
        transports: [output ? new transports.Stream({ stream: output }) : new transports.Console()],
      });
      const secretsOf = await createConfigSecretEnumerator({ logger });
      logger.addRedactions(secretsOf(config));
      config.subscribe?.(() => logger.addRedactions(secretsOf(config)));
      return logger;
    },
  });
}
