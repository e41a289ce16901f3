import { act, fireEvent, render, screen } from '@testing-library/react';
import { FilterText } from './FilterText';

const label = 'Name';
const field = () => screen.getByRole('searchbox');
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
const pause = () => act(() => jest.advanceTimersByTime(250));

describe('FilterText', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('counts after a pause, at once with Enter, and follows another value from outside', () => {
    const onChange = jest.fn();
    const { rerender } = render(<FilterText label={label} value="back" onChange={onChange} />);
    type('front');
    expect(onChange).not.toHaveBeenCalled();
    pause();
    expect(onChange).toHaveBeenLastCalledWith('front');
    rerender(<FilterText label={label} value="front" onChange={onChange} />);
    type('');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(onChange).toHaveBeenLastCalledWith(undefined);
    rerender(<FilterText label={label} value={undefined} onChange={onChange} />);
    rerender(<FilterText label={label} value="of a link" onChange={onChange} />);
    expect(field()).toHaveValue('of a link');
    pause();
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('keeps what is typed while the page still takes over what was typed before', () => {
    const onChange = jest.fn();
    const { rerender } = render(<FilterText label={label} value={undefined} onChange={onChange} />);
    type('fr');
    pause();
    type('fron');
    pause();
    type('front');
    rerender(<FilterText label={label} value="fr" onChange={onChange} />);
    expect(field()).toHaveValue('front');
    rerender(<FilterText label={label} value="fron" onChange={onChange} />);
    expect(field()).toHaveValue('front');
    pause();
    expect(onChange.mock.calls).toEqual([['fr'], ['fron'], ['front']]);
  });
});
