import { renderInTestApp } from '@backstage/frontend-test-utils';
import { runTopic, type Run } from '@leitstand/plugin-operations-common';
import { TestLiveApi } from '@leitstand/plugin-kit-react/testUtils';
import { act, screen } from '@testing-library/react';
import { operationsApiOf, testApis } from '../__testUtils__/testApis';
import { runOf } from '../testUtils';
import { useRun } from './useRun';

const { id } = runOf();

function View(props: { initial?: Run }) {
  const { run, isLive } = useRun(id, props.initial);
  return <p>{[run?.state ?? 'unknown', isLive ? 'live' : 'asked'].join(', ')}</p>;
}

function setup(getRun: () => Promise<Run>, initial?: Run) {
  const operations = operationsApiOf({ getRun: jest.fn(getRun) });
  const live = new TestLiveApi();
  const { unmount } = renderInTestApp(<View initial={initial} />, { apis: [...testApis(operations, live)] });
  return { operations, live, unmount };
}

describe('useRun', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

  it('asks once where nothing is known, and then listens', async () => {
    const { operations, live } = setup(async () => runOf());
    await pass(0);
    expect(screen.getByText('running, live')).toBeInTheDocument();
    await pass(10_000);
    expect(operations.getRun).toHaveBeenCalledTimes(1);
    act(() => live.send(runTopic(id), runOf({ state: 'succeeded' })));
    expect(screen.getByText('succeeded, live')).toBeInTheDocument();
  });

  it('asks every 3 s while the stream fails, until the run has ended', async () => {
    const answers = [runOf(), runOf({ state: 'failed' })];
    const { operations, live } = setup(async () => answers.shift() ?? runOf(), runOf({ state: 'queued', steps: [] }));
    await pass(0);
    expect(operations.getRun).not.toHaveBeenCalled();
    act(() => live.fail(runTopic(id), { name: 'NotFoundError', message: 'gone' }));
    await pass(3_000);
    expect(screen.getByText('running, asked')).toBeInTheDocument();
    await pass(3_000);
    expect(screen.getByText('failed, live')).toBeInTheDocument();
    await pass(10_000);
    expect(operations.getRun).toHaveBeenCalledTimes(2);
  });

  it('does not let a late answer take back an end', async () => {
    let answer: (run: Run) => void = () => {};
    const { live } = setup(
      () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    );
    await pass(0);
    act(() => live.send(runTopic(id), runOf({ state: 'cancelled' })));
    answer(runOf());
    await pass(0);
    expect(screen.getByText('cancelled, live')).toBeInTheDocument();
  });

  it('lets a run that went on be held, and go on again, whoever says so', async () => {
    const { live } = setup(async () => runOf(), runOf());
    await pass(0);
    act(() => live.send(runTopic(id), runOf({ state: 'held' })));
    expect(screen.getByText('held, live')).toBeInTheDocument();
    act(() => live.send(runTopic(id), runOf({ state: 'running' })));
    expect(screen.getByText('running, live')).toBeInTheDocument();
    act(() => live.send(runTopic(id), runOf({ state: 'held' })));
    act(() => live.fail(runTopic(id), { name: 'NotFoundError', message: 'gone' }));
    await pass(3_000);
    expect(screen.getByText('running, asked')).toBeInTheDocument();
  });

  it('leaves no subscription, request or timer behind', async () => {
    const { operations, live, unmount } = setup(async () => runOf(), runOf());
    await pass(0);
    act(() => live.fail(runTopic(id), { name: 'NotFoundError', message: 'gone' }));
    await pass(3_000);
    unmount();
    expect(live.listeners.size).toBe(0);
    await pass(10_000);
    expect(operations.getRun).toHaveBeenCalledTimes(1);
  });
});
