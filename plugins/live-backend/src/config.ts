import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { heartbeatMs as maxHeartbeatMs } from '@leitstand/plugin-live-common';

/** The key `live` of the configuration. */
export interface LiveConfig {
  heartbeatMs: number;
  authorizationCheckMs: number;
}

/** @throws InputError when a time is out of bounds */
export function readLiveConfig(config: Config): LiveConfig {
  return {
    heartbeatMs: readMilliseconds(config, { key: 'live.heartbeatMs', default: maxHeartbeatMs, max: maxHeartbeatMs }),
    authorizationCheckMs: readMilliseconds(config, {
      key: 'live.authorizationCheckMs',
      default: 60_000,
      max: 3_600_000,
    }),
  };
}

function readMilliseconds(config: Config, option: { key: string; default: number; max: number }): number {
  const value = config.getOptionalNumber(option.key) ?? option.default;
  if (value < 10 || value > option.max) {
    throw new InputError(`${option.key} must be between 10 and ${option.max} milliseconds`);
  }
  return value;
}
