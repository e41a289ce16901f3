import type { HumanDuration } from '@backstage/types';

export interface Config {
  notifications?: {
    processors?: {
      /** Web hooks that are told of every notification once, whoever it is for. */
      webhooks?: Array<{
        /** What the log calls it. */
        name: string;
        /**
         * Where it is posted to; often holds a token. Redirects are not followed.
         * @visibility secret
         */
        url: string;
        /**
         * Signs what is sent, by HMAC with SHA-256. Default: not signed.
         * @visibility secret
         */
        secret?: string;
        /**
         * What the body looks like. `json`: all there is, with its own members. `slack`: `{ "text": … }` only, as incoming web
         * hooks of Slack, Mattermost, Rocket.Chat and Google Chat take it. Default: json.
         */
        format?: 'json' | 'slack';
        /** Only these topics, for example ids of operations. Default: all. */
        topics?: string[];
        /** Only what is at least this severe. Default: low. */
        minSeverity?: 'critical' | 'high' | 'normal' | 'low';
        /** How long it may take to answer. Default: 5 seconds. */
        timeout?: HumanDuration | string;
      }>;
    };
  };
}
