import { Metrics } from './Metrics';

describe('Metrics', () => {
  it('writes families with help, type and samples, and escapes label values', () => {
    const metrics = new Metrics();
    metrics.count('unused_total', 'Never counted', { amount: 0 });
    metrics.set('size_bytes', 'A size', 3);
    metrics.set('size_bytes', 'A size', 4.5);
    metrics.count('requests_total', 'Requests', { labels: { path: '/', status: '200' } });
    metrics.count('requests_total', 'Requests', { labels: { path: '/', status: '200' }, amount: 2 });
    metrics.count('requests_total', 'Requests', { labels: { path: 'a"b\\c\nd', status: '404' } });
    expect(metrics.text).toBe(
      [
        '# HELP unused_total Never counted',
        '# TYPE unused_total counter',
        'unused_total 0',
        '# HELP size_bytes A size',
        '# TYPE size_bytes gauge',
        'size_bytes 4.5',
        '# HELP requests_total Requests',
        '# TYPE requests_total counter',
        'requests_total{path="/",status="200"} 3',
        'requests_total{path="a\\"b\\\\c\\nd",status="404"} 1',
        '',
      ].join('\n'),
    );
  });
});
