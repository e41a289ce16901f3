import type { PredictRequest } from '@leitstand/plugin-ml-models-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { frostModelOf, modelOf, predictionsOf } from '../../__testUtils__/testData';
import { PredictView } from './PredictView';

const answered = async () => predictionsOf();

describe('PredictView', () => {
  it('fills the form from the address, says what it will read, asks once, and shows the answer', async () => {
    const predict = jest.fn(answered);
    renderWithApis(<PredictView model={modelOf()} />, { at: '/?f.year=2025&f.month=1', models: { predict } });
    expect(await screen.findByLabelText('month')).toHaveValue('1');
    expect(await screen.findByText(/Reads 2 KiB, about .*; refused beyond 1 GiB/)).toBeVisible();
    expect(screen.getByText(/Above all that it was trained on \(greatest: 2024\)/)).toBeVisible();
    expect(predict).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Predict' }));
    expect(await screen.findByText('2.2667')).toBeVisible();
    const request: PredictRequest = { rows: [{ year: 2025, month: 1 }], explain: false };
    expect(predict.mock.calls).toEqual([[modelOf().ref, request, expect.anything()]]);
    await userEvent.type(screen.getByLabelText('month'), '2');
    expect(await screen.findByText(/the answer to what was asked before/)).toBeVisible();
  });

  it('refuses what is no value, and keeps it in the field', async () => {
    renderWithApis(<PredictView model={modelOf()} />);
    await userEvent.type(await screen.findByLabelText('year'), 'soon');
    expect(await screen.findByText('Not of the type INT64')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Predict' })).toBeDisabled();
  });

  it('offers categories, and shows probabilities and what led to the answer', async () => {
    const predictions = predictionsOf({
      label: 'has_frost',
      predictions: [
        {
          features: { humidity: 80, sky: 'clear' },
          predicted: 'true',
          probabilities: [
            { label: 'true', probability: 0.875 },
            { label: 'false', probability: 0.125 },
          ],
          explanation: { baseline: -0.2, attributions: [{ feature: 'sky', attribution: 0.7 }] },
        },
      ],
    });
    const predict = jest.fn(async () => predictions);
    renderWithApis(<PredictView model={frostModelOf()} />, {
      at: '/?f.humidity=80&threshold=0.4&explain=true',
      models: { predict },
    });
    await userEvent.click(await screen.findByRole('combobox', { name: 'sky' }));
    await userEvent.click(await screen.findByRole('option', { name: 'cloudy' }));
    await userEvent.click(screen.getByRole('button', { name: 'Predict' }));
    const list = await screen.findByRole('list', { name: 'Probability of each label' });
    expect(within(list).getByText('87.5%')).toBeVisible();
    expect(await screen.findByRole('img', { name: 'What led to it' })).toBeVisible();
    expect(predict).toHaveBeenCalledWith(
      frostModelOf().ref,
      { rows: [{ humidity: 80, sky: 'cloudy' }], explain: true, threshold: 0.4 },
      expect.anything(),
    );
  });

  it('previews many rows, marks what is wrong, and asks about all of them at once', async () => {
    const rows = [
      { year: 2025, month: 1 },
      { year: 2025, month: 2 },
    ];
    const predictions = rows.map((features, index) => ({ features, predicted: index + 2.5, probabilities: [] }));
    const predict = jest.fn(async () => predictionsOf({ predictions }));
    renderWithApis(<PredictView model={modelOf()} />, { at: '/?rows=many', models: { predict } });
    const field = await screen.findByRole('textbox', { name: 'Rows' });
    fireEvent.change(field, { target: { value: 'year,month\n2025,1\n2025,May' } });
    expect(await screen.findByText('1 cell is not of its column’s type.')).toBeVisible();
    expect(screen.getByRole('cell', { name: /^May Not of the type INT64$/ })).toBeInvalid();
    fireEvent.change(field, { target: { value: 'year,month\n2025,1\n2025,2' } });
    await userEvent.click(await screen.findByRole('button', { name: 'Predict 2 rows' }));
    const table = await screen.findByRole('table', { name: 'Answer' });
    expect(within(table).getByRole('row', { name: '2 3.5 2025 2' })).toBeVisible();
    expect(predict).toHaveBeenCalledWith(modelOf().ref, { rows, explain: false }, expect.anything());
  });

  it('asks again what was asked before', async () => {
    const recent = {
      id: predictionsOf().id,
      rows: [{ year: 2024, month: 3 }],
      predicted: [6.1],
      createdAt: '2026-03-01T08:00:00.000Z',
    };
    renderWithApis(<PredictView model={modelOf()} />, { models: { listRecentPredictions: async () => [recent] } });
    await userEvent.click(await screen.findByRole('button', { name: 'Ask again: year = 2024, month = 3' }));
    expect(screen.getByLabelText('month')).toHaveValue('3');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Predict' })).toBeEnabled());
  });

  it('says why an answer, an estimate or the statistics cannot be had', async () => {
    const refuse = (message: string) => async () => {
      throw Object.assign(new Error(message), { name: 'NotAllowedError' });
    };
    renderWithApis(<PredictView model={modelOf()} />, {
      at: '/?f.year=2025',
      models: {
        getFeatures: refuse('No statistics for you.'),
        estimatePrediction: refuse('No estimate for you.'),
        predict: refuse('No prediction for you.'),
      },
    });
    expect(await screen.findByText(/not shown: No statistics for you/)).toBeVisible();
    expect(await screen.findByText(/not known: No estimate for you/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Predict' }));
    expect(await screen.findByText('No prediction for you.')).toBeVisible();
  });
});
