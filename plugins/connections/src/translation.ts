import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { healthMessages } from './healthMessages';

/** The texts of the Connections page. */
export const connectionsTranslationRef = createTranslationRef({
  id: 'leitstand.connections',
  messages: {
    health: healthMessages,
    state: {
      connected: 'Connected',
      partial: 'Rights missing',
      unreachable: 'Unreachable',
      notConfigured: 'Not configured',
    },
    meaning: {
      connected: 'It answers, and the credentials may do all that the portal needs.',
      partial: 'It answers, but a part of the portal lacks a right. The rest goes on working.',
      unreachable: 'It does not answer. Pages show the last known state.',
      notConfigured: 'It is named in the configuration, but nothing is read from it.',
    },
    connection: {
      address: 'Address',
      version: 'Version',
      latency: 'Round trip',
      observed: 'Last answer',
      checked: 'Checked',
      never: 'never',
      unknown: 'unknown',
      lastError: 'Last error:',
      errorCode: 'Code: {{code}}',
    },
    credentials: {
      read: 'Credentials for reading',
      operate: 'Credentials for operations',
      identity: 'Identity',
      identityUnknown: 'The system does not say whose they are.',
      missing: 'Missing rights',
      right: 'Right',
      neededFor: 'Needed for',
      unknown_one: '{{count}} right could not be asked about',
      unknown_other: '{{count}} rights could not be asked about',
      granted_one: '{{count}} right granted',
      granted_other: '{{count}} rights granted',
      allGranted_one: 'The right that the portal needs is granted',
      allGranted_other: 'All {{count}} rights that the portal needs are granted',
    },
    page: {
      check: 'Check again',
      checking: 'Checking',
      empty: 'No system is configured here',
      emptyAdvice: 'Name one in the configuration; docs/configuration.md explains the keys.',
      noSource: 'No area tells of its connections',
      noSourceAdvice: 'Install an area, for example clusters and workloads.',
      refreshFailed: 'The connections could not be checked again. This is what was known last.',
    },
  },
});
