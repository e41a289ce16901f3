import { NotFoundError } from '@backstage/errors';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ComponentProps } from 'react';
import { renderWithApis, type RenderOverrides } from '../../__testUtils__/renderWithApis';
import { entityOf, revisionOf, workloadOf } from '../../__testUtils__/testData';
import { RevisionPicker } from './RevisionPicker';

type PickerProps = ComponentProps<typeof RevisionPicker>;

const backend = 'component:default/backend';

/** Holds the field's value as the form does; the entity changes by the button. */
function Form(props: { entityRef?: string; initial?: number; onValue: (value: number | undefined) => void }) {
  const [entityRef, setEntityRef] = useState(props.entityRef);
  const [value, setValue] = useState(props.initial);
  const given = {
    ...{ formData: value, schema: { title: 'Revision', description: 'Back to which' }, idSchema: { $id: 'revision' } },
    ...{ uiSchema: { 'ui:options': { entityField: 'first' } }, formContext: { formData: { first: entityRef } } },
    onChange: (next: number | undefined) => {
      setValue(next);
      props.onValue(next);
    },
  };
  return (
    <>
      <button onClick={() => setEntityRef('component:default/other')}>Another one</button>
      <RevisionPicker {...(given as unknown as PickerProps)} />
    </>
  );
}

function show(options: { entityRef?: string; initial?: number } = {}, overrides: RenderOverrides = {}) {
  const onValue = jest.fn();
  renderWithApis(<Form {...options} onValue={onValue} />, { entities: [entityOf()], ...overrides });
  return onValue;
}

/** Once its revisions are there. */
async function findOpenable() {
  await screen.findByText('Back to which');
  return screen.getByRole('combobox', { name: 'Revision' });
}

describe('RevisionPicker', () => {
  it('waits for the Deployment', async () => {
    show();
    expect(await screen.findByText('Choose the Deployment first.')).toBeVisible();
    expect(screen.getByRole('combobox', { name: 'Revision' })).toHaveAttribute('aria-disabled', 'true');
  });

  it('offers the revisions with what tells them apart, by keyboard', async () => {
    const changeCause =
      'rolled back to revision 1 by user:default/olivia: too warm (run 9c1d5c26-3b5f-4c43-8c4b-3df5a8d7f002)';
    const oldest = revisionOf({ revision: 2, replicaSet: 'backend-5a', isCurrent: false, changeCause });
    const workload = workloadOf();
    const revisions = [...workload.revisions, oldest];
    const onValue = show(
      { entityRef: backend },
      { rollouts: { getWorkload: async () => ({ ...workload, revisions }) } },
    );
    const field = await findOpenable();
    await userEvent.tab();
    await userEvent.tab();
    expect(field).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    const options = await screen.findAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'The one before the present (now revision 3)',
      expect.stringMatching(/^Revision 4Present.*1\.5\.0/),
      expect.stringMatching(/^Revision 3.*1\.4\.2Release 1\.4\.2$/),
      expect.stringMatching(/^Revision 2.*rolled back to revision 1 by olivia: too warm$/),
    ]);
    expect(options[1]).toHaveAttribute('aria-disabled', 'true');
    await userEvent.keyboard('{End}{Enter}');
    expect(onValue).toHaveBeenLastCalledWith(2);
    await userEvent.click(field);
    await userEvent.click(await screen.findByRole('option', { name: /^The one before/ }));
    expect(onValue).toHaveBeenLastCalledWith(undefined);
  });

  it('forgets the number when another Deployment is chosen', async () => {
    const onValue = show({ entityRef: backend, initial: 3 });
    await findOpenable();
    expect(onValue).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Another one' }));
    await waitFor(() => expect(onValue).toHaveBeenLastCalledWith(undefined));
    expect(await screen.findByText('No Deployment is known behind this entity.')).toBeVisible();
  });

  it.each([
    { chosen: 4, problem: /Revision 4 runs already/ },
    { chosen: 9, problem: /Revision 9 is not in the history/ },
  ])('says what is wrong with $chosen', async ({ chosen, problem }) => {
    show({ entityRef: backend, initial: chosen });
    expect(await screen.findByText(problem)).toBeVisible();
  });

  it('says that there is nothing to go back to', async () => {
    const getWorkload = async () => workloadOf({ revisions: [revisionOf()] });
    show({ entityRef: backend }, { rollouts: { getWorkload } });
    expect(await screen.findByText(/no earlier revision/)).toBeVisible();
  });

  it('leads out of an error', async () => {
    const getWorkload = jest.fn().mockRejectedValueOnce(new NotFoundError('gone')).mockResolvedValue(workloadOf());
    show({ entityRef: backend }, { rollouts: { getWorkload } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await findOpenable()).toBeEnabled();
  });
});
