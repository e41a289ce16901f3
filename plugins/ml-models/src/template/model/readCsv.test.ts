import { readCsv } from './readCsv';

describe('readCsv', () => {
  it('names columns with the narrowest type of their values', () => {
    const text = '\uFEFFyear,share,ok,day,city\n2023,1,true,2023-01-01,Berlin\n2024,0.5,FALSE,2024-02-29,\n';
    expect(readCsv(text)).toEqual({
      columns: [
        { name: 'year', type: 'INT64' },
        { name: 'share', type: 'FLOAT64' },
        { name: 'ok', type: 'BOOL' },
        { name: 'day', type: 'DATE' },
        { name: 'city', type: 'STRING' },
      ],
      firstRows: [
        ['2023', '1', 'true', '2023-01-01', 'Berlin'],
        ['2024', '0.5', 'FALSE', '2024-02-29', ''],
      ],
      rowCount: 2,
    });
  });

  it.each([
    ['a,b\n1,2\n3\n', { kind: 'unreadable', line: 3 }],
    ['a,b c\n1,2\n', { kind: 'headingInvalid', name: 'b c' }],
    ['a,a\n1,2\n', { kind: 'headingTwice', name: 'a' }],
    ['a,b\n', { kind: 'empty' }],
  ])('says what is wrong with %j', (text, problem) => {
    expect(readCsv(text)).toEqual({ problem });
  });
});
