import { createTranslationRef } from '@backstage/core-plugin-api/alpha';

/** The texts of the shared components. */
export const kitReactTranslationRef = createTranslationRef({
  id: 'leitstand.kit-react',
  messages: {
    filter: { label: 'Filters', clear: 'Clear filters' },
    log: { newest: 'Newest lines' },
    chart: { showTable: 'Show as a table', showChart: 'Show as a chart' },
    quantity: {
      usage: '{{value}} used',
      request: '{{value}} requested',
      limit: 'limit {{value}}',
      capacity: 'of {{value}}',
      no: { limit: 'no limit', capacity: 'size unknown' },
      near: 'near its end',
    },
    loading: { label: 'Loading' },
    error: {
      forbidden: { title: 'You are not allowed to see this', advice: 'Ask its owner or an administrator for access.' },
      notFound: { title: 'Not found', advice: 'It may have been renamed or deleted.' },
      upstream: {
        title: 'A system that this page reads from does not answer as expected',
        advice: 'Nothing is wrong with your request. Try again in a moment.',
      },
      network: {
        title: 'Leitstand cannot be reached',
        advice: 'Check your connection. The page goes on working when it is back.',
      },
      signedOut: { title: 'You are signed out', advice: 'Reload the page to sign in again.' },
      input: { title: 'This request was refused', advice: 'Change what you asked for, then try again.' },
      unexpected: {
        title: 'Something went wrong',
        advice: 'Try again. If it stays, tell the people who run Leitstand.',
      },
      reason: '{{title}}. {{advice}}',
      code: 'Code: {{code}}',
      request: {
        id: 'Request: {{id}}',
        copy: 'Copy the id of the request',
        copied: 'Copied',
        copyFailed: 'Could not copy',
      },
      retry: 'Try again',
    },
    stale: {
      since: 'Last known state, as of',
      because: 'because: {{reason}}',
      unknownReason: 'the connection is interrupted',
    },
    live: {
      none: 'No live connection. The state is asked for every few seconds.',
      failed: 'What is shown is the last known state.',
    },
    time: { unknown: 'unknown', since: 'since {{time}}' },
    status: {
      healthy: 'Healthy',
      progressing: 'Rolling out',
      degraded: 'Degraded',
      failed: 'Failed',
      paused: 'Paused',
      scaledToZero: 'Scaled to zero',
      unknown: 'Unknown',
    },
  },
});
