import { ResponseError } from '@backstage/errors';
import type { PodLogLine } from '@leitstand/plugin-rollouts-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { RolloutsApi } from '../../api';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { containerOf, podOf, workloadOf } from '../../__testUtils__/testData';
import { PodLogs } from './PodLogs';

const pods = [
  podOf({
    name: 'backend-1',
    containers: [containerOf(), containerOf({ name: 'proxy', isReady: false, restarts: 2 })],
  }),
  podOf({ name: 'backend-2' }),
];
const workload = workloadOf({ pods });

/** A log whose lines the test writes, and what was asked of it. */
function startLog() {
  const asked: Record<string, unknown>[] = [];
  const logs: { write(...texts: string[]): void; signal: AbortSignal | undefined }[] = [];
  const streamPodLog: RolloutsApi['streamPodLog'] = async function* stream(pod, query, options) {
    asked.push({ pod: pod.pod, ...query });
    const lines = new ReadableStream<PodLogLine[]>({
      start: controller => {
        const write = (...texts: string[]) =>
          controller.enqueue(texts.map(text => ({ at: '2026-03-01T08:00:00.5Z', text })));
        logs.push({ signal: options?.signal, write });
        options?.signal?.addEventListener('abort', () => controller.close(), { once: true });
      },
    }).getReader();
    for (let read = await lines.read(); !read.done; read = await lines.read()) yield read.value;
  };
  return { asked, logs, streamPodLog };
}

/** A log that cannot be had. */
async function refused(status: number, error: { name: string; message: string; code?: string }) {
  const body = JSON.stringify({ error, response: { statusCode: status } });
  const response = new Response(body, { status, headers: { 'Content-Type': 'application/json' } });
  return ResponseError.fromResponse(response);
}

describe('PodLogs', () => {
  it('reads nothing until a pod is chosen, then follows the container that is not well', async () => {
    const log = startLog();
    renderWithApis(<PodLogs workload={workload} />, { rollouts: { streamPodLog: log.streamPodLog } });
    const pod = await screen.findByRole('combobox', { name: 'Pod' });
    expect(screen.getByText('What its containers write is shown here.')).toBeVisible();
    expect(log.asked).toEqual([]);

    await userEvent.selectOptions(pod, 'backend-1');
    expect(await screen.findByRole('log', { name: 'Log of backend-1, container proxy' })).toBeVisible();
    expect(log.asked).toEqual([
      { pod: 'backend-1', container: 'proxy', previous: 'false', follow: 'true', tailLines: 500 },
    ]);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Container' }), 'backend');
    expect(await screen.findByRole('log', { name: 'Log of backend-1, container backend' })).toBeVisible();
    expect(log.logs[0].signal?.aborted).toBe(true);
  });

  it('shows what a link names, and the previous run without following it', async () => {
    const log = startLog();
    renderWithApis(<PodLogs workload={workload} />, {
      at: '/?pod=backend-1&container=proxy&previous=true',
      rollouts: { streamPodLog: log.streamPodLog },
    });
    expect(await screen.findByRole('log')).toBeVisible();
    expect(log.asked).toEqual([
      { pod: 'backend-1', container: 'proxy', previous: 'true', follow: 'false', tailLines: 500 },
    ]);
    expect(screen.getByRole('checkbox', { name: 'Previous run' })).toBeChecked();
    expect(screen.queryByRole('button', { name: 'Pause' })).not.toBeInTheDocument();
  });

  it('searches by keyboard, and stays at its match while lines come', async () => {
    const log = startLog();
    renderWithApis(<PodLogs workload={workload} />, {
      at: '/?pod=backend-2',
      rollouts: { streamPodLog: log.streamPodLog },
    });
    const view = await screen.findByRole('log');
    log.logs[0].write('start', 'error: one', 'fine', 'Error: two');
    await within(view).findByText('fine');
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search in the log' }), 'error');
    expect(await screen.findByText('0 of 2 matches')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('2 of 2 matches')).toBeVisible();
    expect(view.querySelector('[aria-current]')).toHaveTextContent('Error: two');
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    expect(view.querySelector('[aria-current]')).toHaveTextContent('error: one');
    log.logs[0].write('error: three');
    expect(await screen.findByText('1 of 3 matches')).toBeVisible();
    expect(view.querySelector('[aria-current]')).toHaveTextContent('error: one');
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('searchbox')).toHaveValue('');
  });

  it('holds still while paused and counts what comes meanwhile', async () => {
    const log = startLog();
    renderWithApis(<PodLogs workload={workload} />, {
      at: '/?pod=backend-2',
      rollouts: { streamPodLog: log.streamPodLog },
    });
    const view = await screen.findByRole('log');
    log.logs[0].write('one');
    await within(view).findByText('one');
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    log.logs[0].write('two');
    expect(await screen.findByText(/1 new line since/)).toBeVisible();
    expect(within(view).queryByText('two')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
    expect(await within(view).findByText('two')).toBeVisible();
    expect(within(view).getAllByText(/:00:00\.500/)).toHaveLength(2);
    await userEvent.click(screen.getByRole('button', { name: 'Times' }));
    expect(within(view).queryByText(/:00:00\.500/)).not.toBeInTheDocument();
  });

  it('downloads the log as a file', async () => {
    const parts: Blob[] = [];
    URL.createObjectURL = blob => {
      parts.push(blob as Blob);
      return 'blob:log';
    };
    URL.revokeObjectURL = () => {};
    const names: string[] = [];
    const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function onClick(
      this: HTMLAnchorElement,
    ) {
      names.push(this.download);
    });
    const streamPodLog: RolloutsApi['streamPodLog'] = async function* stream() {
      yield [{ at: '2026-03-01T08:00:00.5Z', text: 'one' }];
    };
    renderWithApis(<PodLogs workload={workload} />, { at: '/?pod=backend-2', rollouts: { streamPodLog } });
    await userEvent.click(await screen.findByRole('button', { name: 'Download' }));
    await waitFor(() => expect(names).toEqual(['backend-2-backend.log']));
    expect(parts[0].size).toBe('2026-03-01T08:00:00.5Z one\n'.length);
    click.mockRestore();
  });

  it('says why a log is not to be had, and leads out', async () => {
    const error = await refused(404, {
      name: 'NotFoundError',
      message: 'There is no pod backend-9',
      code: 'POD_NOT_FOUND',
    });
    const log = startLog();
    let attempts = 0;
    renderWithApis(<PodLogs workload={workload} />, {
      at: '/?pod=backend-9&container=backend',
      rollouts: {
        streamPodLog: (...args) => {
          attempts += 1;
          if (attempts === 1) throw error;
          return log.streamPodLog(...args);
        },
      },
    });
    expect(await screen.findByText('There is no pod backend-9')).toBeVisible();
    expect(screen.getByRole('combobox', { name: 'Pod' })).toHaveDisplayValue('backend-9 (gone)');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('log')).toBeVisible();
  });

  it('says to who may not read content that logs are content, and asks for none', async () => {
    renderWithApis(<PodLogs workload={workload} />, { at: '/?pod=backend-2', isAllowed: false });
    expect(await screen.findByText(/Logs are content/)).toBeVisible();
    expect(screen.getByText(/rollouts\.log\.read/)).toBeVisible();
    expect(screen.queryByRole('log')).not.toBeInTheDocument();
  });
});
