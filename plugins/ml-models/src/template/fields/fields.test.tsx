import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import type { TemplateDraft } from '../model/drafts';
import type { FieldProps } from '../model/fieldProps';
import { ColumnsField } from './ColumnsField';
import { DatasetField } from './DatasetField';

const datasets = {
  listDatasets: async () => ({
    items: [{ project: 'homelab-lamp', dataset: 'weather', location: 'EU', connection: 'homelab' }],
  }),
};

/** Holds a field's value as the form does. */
function Held<TDraft>(props: {
  field: (props: FieldProps<TDraft>) => JSX.Element;
  form?: TemplateDraft;
  onValue: (value: TDraft) => void;
}) {
  const [value, setValue] = useState<TDraft>();
  const given = {
    formData: value,
    schema: { title: 'Title' },
    formContext: { formData: props.form },
    onChange: (next: TDraft) => {
      setValue(next);
      props.onValue(next);
    },
  };
  return <props.field {...(given as unknown as FieldProps<TDraft>)} />;
}

describe('fields of the template', () => {
  it('take a dataset that is there, or a new one', async () => {
    const onValue = jest.fn();
    renderWithApis(<Held field={DatasetField} onValue={onValue} />, { models: datasets });
    await userEvent.click(await screen.findByRole('combobox', { name: /Dataset/ }));
    await userEvent.click(await screen.findByRole('option', { name: /weather/ }));
    expect(onValue).toHaveBeenLastCalledWith({ project: 'homelab-lamp', dataset: 'weather' });
    await userEvent.click(screen.getByRole('combobox', { name: /Dataset/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'A new dataset' }));
    await userEvent.type(screen.getByRole('textbox', { name: /Name of the dataset/ }), 'mine');
    expect(onValue).toHaveBeenLastCalledWith({ project: 'homelab-lamp', dataset: 'mine', create: { location: 'EU' } });
  });

  it('take all other columns as features, and leave out what is not wanted', async () => {
    const onValue = jest.fn();
    const source = { kind: 'csv' as const, csv: 'year,month,temperature\n2023,1,2.5\n' };
    renderWithApis(<Held field={ColumnsField} form={{ source }} onValue={onValue} />);
    await userEvent.click(await screen.findByRole('combobox', { name: /What to predict/ }));
    await userEvent.click(await screen.findByRole('option', { name: /temperature/ }));
    expect(onValue).toHaveBeenLastCalledWith({ label: 'temperature', features: ['year', 'month'] });
    await userEvent.click(screen.getByRole('checkbox', { name: /year/ }));
    expect(onValue).toHaveBeenLastCalledWith({ label: 'temperature', features: ['month'] });
  });

  it('say that the data are needed first', async () => {
    renderWithApis(<Held field={ColumnsField} onValue={() => {}} />);
    expect(await screen.findByText(/Give the data first/)).toBeInTheDocument();
  });
});
