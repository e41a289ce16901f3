import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { entityOf, frostModelOf, jobOf, modelListOf, modelOf, summaryOf } from '../../__testUtils__/testData';
import { createModelHealthApi } from '../../modelHealthApi';
import { ComparePage } from '../ComparePage';
import { JobsPage } from '../JobsPage';
import { ModelsCard } from '../ModelsCard';
import { ModelsPage } from './ModelsPage';

const frost = frostModelOf();
const frostSummary = summaryOf({ ref: frost.ref, quality: frost.quality, entityRef: frost.entityRef });
const two = modelListOf({ items: [summaryOf(), frostSummary] });

describe('ModelsPage', () => {
  it('asks with the filters of the address, and leads to models and their comparison', async () => {
    const listModels = jest.fn(async () => two);
    renderWithApis(<ModelsPage />, {
      at: '/?text=temp&dataset=homelab-lamp.weather_analysis',
      models: { listModels },
    });
    expect(await screen.findByRole('link', { name: 'temp_prediction_model' })).toHaveAttribute(
      'href',
      '/catalog/default/resource/temp-prediction-model/model',
    );
    expect(listModels).toHaveBeenCalledWith(
      { search: 'temp', type: undefined, project: 'homelab-lamp', dataset: 'weather_analysis', limit: 200 },
      expect.anything(),
    );
    await userEvent.click(screen.getByRole('checkbox', { name: 'Compare temp_prediction_model' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Compare frost_model' }));
    expect(screen.getByRole('link', { name: 'Compare (2)' })).toHaveAttribute(
      'href',
      '/models/compare?model=homelab-lamp.weather_analysis.temp_prediction_model&model=homelab-lamp.weather_analysis.frost_model',
    );
  });

  it.each([
    ['nothing is connected', '/', modelListOf({ items: [], sources: [] }), 'No project is connected'],
    ['there is none', '/', modelListOf({ items: [] }), 'There is no model yet'],
    ['none fits', '/?text=x', modelListOf({ items: [] }), 'No model fits these filters'],
  ])('says that %s', async (_name, at, list, text) => {
    renderWithApis(<ModelsPage />, { at, models: { listModels: async () => list } });
    expect(await screen.findByText(text)).toBeVisible();
  });

  it('names a connection that cannot be read', async () => {
    const sources = [{ connection: 'lab', staleBecause: { code: 'UPSTREAM_FAILED', message: 'it is down.' } }];
    renderWithApis(<ModelsPage />, { models: { listModels: async () => modelListOf({ sources }) } });
    expect(await screen.findByText('lab could not be read: it is down.')).toBeVisible();
  });
});

describe('ComparePage', () => {
  it('puts models beside each other, in a table and in charts', async () => {
    const better = modelOf({ ref: { ...modelOf().ref, model: 'better' } });
    better.trainingRuns[0].evaluation = {
      kind: 'regression',
      metrics: [{ metric: 'mean_absolute_error', value: 0.05 }],
    };
    renderWithApis(<ComparePage />, {
      at: '/?model=homelab-lamp.weather_analysis.temp_prediction_model&model=homelab-lamp.weather_analysis.better',
      models: { getModel: async ref => (ref.model === 'better' ? better : modelOf()) },
    });
    const table = await screen.findByRole('table', { name: 'Comparison' });
    expect(within(table).getByRole('row', { name: 'Mean absolute error 0.11 0.05 best' })).toBeVisible();
    expect(await screen.findByRole('img', { name: 'Mean absolute error' })).toBeVisible();
  });

  it('says how to choose', async () => {
    renderWithApis(<ComparePage />);
    expect(await screen.findByText('Choose two to four models')).toBeVisible();
  });
});

describe('JobsPage', () => {
  it('shows who billed what, and what went wrong', async () => {
    const failed = jobOf({
      id: 'job_2',
      state: 'DONE',
      error: { reason: 'invalidQuery', message: 'No such column: hight' },
      endedAt: '2026-03-01T08:00:04.000Z',
    });
    const usage = { key: 'lea@example.org', jobCount: 2, failedCount: 1, bytesBilled: 20 * 1024 ** 2 };
    renderWithApis(<JobsPage />, {
      at: '/?month=2026-03&state=failed',
      models: {
        listJobs: async query => ({ items: query?.state === 'failed' ? [failed] : [] }),
        getUsage: async () => ({
          month: '2026-03',
          byUser: [usage],
          byModel: [],
          byMonth: [{ ...usage, key: '2026-03', cost: { amount: 1.5, currency: 'USD' } }],
          freshness: { observedAt: '2026-03-01T08:00:00.000Z' },
        }),
      },
    });
    expect(await screen.findByText('2 jobs, 20 MiB billed, about $1.50, 1 failed')).toBeVisible();
    expect(await screen.findByText('invalidQuery: No such column: hight')).toBeVisible();
    expect(screen.getByRole('row', { name: /^Failed CREATE_MODEL.* 4s 10 MiB/ })).toBeVisible();
    expect(screen.getByText('Nothing in this month.')).toBeVisible();
  });
});

describe('on other pages', () => {
  it('the home page names models that need a look first', async () => {
    const poor = { ...frostSummary, quality: { metric: 'roc_auc' as const, value: 0.4 } };
    renderWithApis(<ModelsCard />, { models: { listModels: async () => ({ ...two, items: [summaryOf(), poor] }) } });
    const items = await screen.findAllByRole('listitem');
    expect(items.map(item => item.textContent)).toEqual([
      expect.stringContaining('frost_modelPoor'),
      expect.stringContaining('temp_prediction_modelTrained'),
    ]);
  });

  it('health is told of the entities that are models', async () => {
    const health = await createModelHealthApi({ listModels: async () => two }).getEntityHealth(
      [entityOf(), entityOf('homelab-lamp.weather_analysis.gone'), entityOf('nonsense')],
      { signal: new AbortController().signal },
    );
    expect([...health]).toEqual([['resource:default/temp-prediction-model', 'healthy']]);
  });
});
