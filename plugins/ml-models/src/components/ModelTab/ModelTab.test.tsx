import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { entityOf, frostModelOf, jobOf, modelOf } from '../../__testUtils__/testData';
import { ModelTab } from './ModelTab';

describe('ModelTab', () => {
  it('says how the model is, what its metrics mean, who serves it and how to use it', async () => {
    renderWithApis(<ModelTab />);
    const verdict = await screen.findByRole('region', { name: 'How it is' });
    expect(verdict).toHaveTextContent(/Trained.*temp_prediction_model.*R².*0.94.*Linear regression/s);
    expect(screen.getByText(/Share of the variation/)).toBeVisible();
    expect(await screen.findByText(/http:\/\/weather:8080/)).toBeVisible();
    expect(screen.getByLabelText('Statement that asks the model')).toHaveTextContent(/ML\.PREDICT/);
    expect(screen.getByRole('link', { name: 'Predict' })).toHaveAttribute(
      'href',
      '/catalog/default/resource/temp-prediction-model/model/predict',
    );
  });

  it('only shows a model of a type that it does not know', async () => {
    const model = modelOf({ type: 'KMEANS', isKnownType: false, quality: undefined });
    renderWithApis(<ModelTab />, { models: { getModel: async () => model }, at: '/predict' });
    expect(await screen.findByText('Models of the type KMEANS are only shown')).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Predict' })).not.toBeInTheDocument();
  });

  it('leads out of an error, and marks what is stale', async () => {
    const getModel = jest
      .fn()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue(
        modelOf({
          freshness: {
            observedAt: '2026-03-01T08:00:00.000Z',
            staleBecause: { code: 'UPSTREAM_TIMEOUT', message: 'it did not answer in time' },
          },
        }),
      );
    renderWithApis(<ModelTab />, { models: { getModel } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/it did not answer in time/)).toBeVisible();
  });

  it('says what an annotation has to look like', async () => {
    renderWithApis(<ModelTab />, { entity: entityOf('nonsense') });
    expect(await screen.findByText('No model is named here')).toBeVisible();
  });

  it('explains a training without a curve, and one that runs', async () => {
    const operation = { operation: 'ml-models-cancel-job', title: 'Cancel job', description: '', isAvailable: true };
    renderWithApis(<ModelTab />, {
      at: '/training',
      models: { listJobs: async () => ({ items: [jobOf()] }) },
      operations: { listAvailable: async () => [operation] },
    });
    expect(await screen.findByText(/solved in one step/)).toBeVisible();
    expect(await screen.findByText(/A training by lea@example.org is under way/)).toBeVisible();
    expect(await screen.findAllByRole('button', { name: 'Cancel job train_1' })).not.toHaveLength(0);
    expect(screen.getByText('optimizationStrategy')).toBeVisible();
  });

  it('leads from a training of its own to the run', async () => {
    const runId = 'a31c9e9a-22e4-4a8f-8757-f53fdeef5f69';
    const job = jobOf({ id: `leitstand_${runId}_train`, user: 'portal@shop.iam.example.org' });
    renderWithApis(<ModelTab />, { at: '/training', models: { listJobs: async () => ({ items: [job] }) } });
    expect(await screen.findByText(/A training is under way\. It began/)).toBeVisible();
    const links = await screen.findAllByRole('link', { name: 'Its run in the portal' });
    expect(links.map(link => link.getAttribute('href'))).toEqual([`/activity/${runId}`, `/activity/${runId}`]);
  });

  it('counts what is right and wrong at the threshold of the address', async () => {
    renderWithApis(<ModelTab />, {
      at: '/evaluation?threshold=0.9',
      models: { getModel: async () => frostModelOf() },
    });
    const matrix = await screen.findByRole('table', { name: 'Confusion matrix' });
    expect(within(matrix).getByRole('row', { name: /^true 3 30% 7 70%$/ })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Predict with this threshold' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/model\/predict\?threshold=0.9$/),
    );
    expect(await screen.findByRole('img', { name: 'ROC curve' })).toBeVisible();
  });

  it('runs the query of the residuals only when asked', async () => {
    const getResiduals = jest.fn(async () => ({ points: [{ actual: 2, predicted: 2.5 }], bytesBilled: 1024 }));
    renderWithApis(<ModelTab />, { at: '/evaluation', models: { getResiduals } });
    const button = await screen.findByRole('button', { name: 'Compare with the training data' });
    expect(getResiduals).not.toHaveBeenCalled();
    await userEvent.click(button);
    expect(await screen.findByText(/Billed: 1 KiB/)).toBeVisible();
  });

  it('shows what it was trained on and what it learned', async () => {
    renderWithApis(<ModelTab />, { at: '/features' });
    expect(await screen.findByRole('row', { name: /^month INT64 13 2 – 0.8/ })).toBeVisible();
    expect(screen.getByRole('row', { name: /2: clear, cloudy/ })).toBeVisible();
    expect(screen.getByText(/Intercept: -807.5/)).toBeVisible();
    expect(screen.getByText(/enable_global_explain/)).toBeVisible();
  });

  it('puts the answer of a service beside the one of BigQuery', async () => {
    renderWithApis(<ModelTab />, {
      at: '/serving?f.year=2025&f.month=1',
      models: { callServing: async () => ({ url: '', status: 200, durationMs: 7, body: {}, predicted: 2.27 }) },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Ask all' }));
    expect(await screen.findByText('Same answer')).toBeVisible();
    expect(screen.getByRole('row', { name: /^BigQuery 2.2667 42ms/ })).toBeVisible();
  });
});
