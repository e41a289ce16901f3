import { ResponseError } from '@backstage/errors';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { NotLiveAlert } from '../live';
import { describeError } from './describeError';
import { EmptyState } from './EmptyState';
import { ErrorState } from './ErrorState';
import { LoadingState } from './LoadingState';
import { StaleBanner } from './StaleBanner';

/** The error of a typed client for this answer of the backend. */
function responseError(statusCode: number, error: object, requestId?: string): Promise<ResponseError> {
  const request = { method: 'GET', url: '/v1/x', id: requestId };
  const text = JSON.stringify({ error, request, response: { statusCode } });
  return ResponseError.fromResponse({
    ok: false,
    status: statusCode,
    statusText: 'refused',
    type: 'default',
    url: 'http://localhost/api/x',
    redirected: false,
    headers: new Headers({ 'content-type': 'application/json' }),
    bodyUsed: false,
    text: async () => text,
  } as Parameters<typeof ResponseError.fromResponse>[0]);
}

describe('describeError', () => {
  it.each([
    [403, { name: 'NotAllowedError', message: 'Only owners', code: 'NOT_ALLOWED' }, 'forbidden', 'NOT_ALLOWED'],
    [404, { name: 'NotFoundError', message: 'No such workload' }, 'notFound', undefined],
    [502, { name: 'UpstreamError', message: 'k3s refused', code: 'UPSTREAM_REFUSED' }, 'upstream', 'UPSTREAM_REFUSED'],
    [504, { name: 'SomethingElse', message: 'timed out' }, 'upstream', undefined],
    [409, { name: 'ConflictError', message: 'The plan expired', code: 'PLAN_EXPIRED' }, 'input', 'PLAN_EXPIRED'],
  ])('sorts an answer of %d', async (statusCode, error, kind, code) => {
    expect(describeError(await responseError(statusCode, error))).toEqual({ kind, code, message: error.message });
  });

  it('keeps to itself what is for developers', async () => {
    const illegal = await responseError(401, { name: 'AuthenticationError', message: 'Illegal token' });
    expect(describeError(illegal)).toEqual({ kind: 'signedOut' });
    expect(describeError(await responseError(500, { name: 'Error', message: 'x is undefined' }))).toEqual({
      kind: 'unexpected',
    });
    expect(describeError(new TypeError('Cannot read properties of undefined'))).toEqual({ kind: 'unexpected' });
    expect(describeError('a string')).toEqual({ kind: 'unexpected' });
  });

  it('knows a request that got no answer in every browser, and the failure of a live topic', () => {
    for (const message of ['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed']) {
      expect(describeError(new TypeError(message))).toEqual({ kind: 'network' });
    }
    const failure = { name: 'NotAllowedError', message: 'Only owners', code: 'NOT_ALLOWED' };
    expect(describeError(failure)).toEqual({ kind: 'forbidden', message: 'Only owners', code: 'NOT_ALLOWED' });
  });
});

const texts = { loading: 'Loading workloads', empty: 'Nothing is broken', advice: 'All 12 workloads are healthy.' };

describe('states', () => {
  it('say what went wrong, the code, and offer to try again', async () => {
    const onRetry = jest.fn();
    const error = await responseError(502, {
      name: 'UpstreamError',
      message: 'homelab-k3s did not answer',
      code: 'UPSTREAM_UNREACHABLE',
    });
    await renderInTestApp(<ErrorState error={error} onRetry={onRetry} />);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('homelab-k3s did not answer');
    expect(alert).toHaveTextContent('Code: UPSTREAM_UNREACHABLE');
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(onRetry).toHaveBeenCalledTimes(1);
    expect(screen.queryByText(/Request:/)).not.toBeInTheDocument();
  });

  it('say which request it was, and copy its id', async () => {
    const user = userEvent.setup(); // with a clipboard
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    const error = await responseError(500, { name: 'Error', message: 'x' }, 'proxy-4711');
    await renderInTestApp(<ErrorState error={error} />);
    expect(await screen.findByText('Request: proxy-4711')).toBeVisible();
    await user.tab();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
    expect(writeText).toHaveBeenCalledWith('proxy-4711');
    writeText.mockRejectedValue(new Error('refused'));
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('button', { name: 'Could not copy' })).toBeVisible();
  });

  it('say that something is not live, and why there is nothing newer', async () => {
    const gone = await responseError(404, { name: 'NotFoundError', message: 'There is no Deployment shop/web.' });
    await renderInTestApp(
      <>
        <NotLiveAlert error={undefined} />
        <NotLiveAlert error={gone} />
        <NotLiveAlert error={new TypeError('Failed to fetch')} />
      </>,
    );
    const [passing, deleted, offline] = await screen.findAllByRole('status');
    expect(passing).toHaveTextContent('No live connection. The state is asked for every few seconds.');
    expect(deleted).toHaveTextContent('What is shown is the last known state. There is no Deployment shop/web.');
    expect(offline).toHaveTextContent(/state\. Leitstand cannot be reached\. Check your connection/);
  });

  it('say that something is loading, empty, or old and why', async () => {
    await renderInTestApp(
      <>
        <LoadingState label={texts.loading} />
        <EmptyState title={texts.empty} advice={texts.advice} />
        <StaleBanner observedAt={new Date(Date.now() - 125_000).toISOString()} reason="homelab-k3s does not answer" />
      </>,
    );
    expect(await screen.findByRole('status', { name: texts.loading })).toBeVisible();
    expect(screen.getByText(texts.advice)).toBeVisible();
    expect(screen.getByText(/Last known state, as of/)).toHaveTextContent(
      'Last known state, as of 2 min. ago, because: homelab-k3s does not answer',
    );
  });
});
