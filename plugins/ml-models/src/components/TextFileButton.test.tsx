import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TextFileButton } from './TextFileButton';

/** jsdom's `File` cannot be read as text. */
function fileOf(text: string, name: string): File {
  return Object.assign(new File([text], name, { type: 'text/csv' }), { text: async () => text });
}

describe('TextFileButton', () => {
  it('refuses a file of more than a megabyte, and hands on the next one that fits', async () => {
    const onRead = jest.fn();
    render(<TextFileButton label="From a file" tooLarge="Too large" accept=".csv" onRead={onRead} />);
    const input = screen.getByLabelText('From a file');

    await userEvent.upload(input, fileOf('x'.repeat(1_000_001), 'large.csv'));
    expect(await screen.findByRole('alert')).toHaveTextContent('Too large');
    expect(onRead).not.toHaveBeenCalled();

    await userEvent.upload(input, fileOf('a,b\n1,2\n', 'small.csv'));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(onRead.mock.calls).toEqual([['a,b\n1,2\n', 'small.csv']]);
  });
});
