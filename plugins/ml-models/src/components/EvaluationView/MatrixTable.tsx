import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { palettes } from '@leitstand/plugin-kit-react';
import { alpha, useTheme } from '@mui/material/styles';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useFormats } from '../../hooks/useFormats';
import { mlModelsTranslationRef } from '../../translation';

/** So strong is a cell that holds a whole row of the matrix; text stays readable on it. */
const strongest = 0.35;

/** What is so against what was predicted: right answers on the diagonal, in another colour than the mistakes. */
export function MatrixTable(props: {
  labels: string[];
  /** `counts[actual][predicted]` */
  counts: number[][];
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { labels, counts } = props;
  return (
    <TableContainer tabIndex={0}>
      <Table size="small" aria-label={t('evaluation.matrix')} sx={{ width: 'auto', minWidth: 320 }}>
        <TableHead>
          <TableRow>
            <TableCell>{t('evaluation.actual')}</TableCell>
            {labels.map(label => (
              <TableCell key={label} align="right">
                {t('evaluation.predicted', { label })}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {labels.map((label, actual) => (
            <TableRow key={label}>
              <TableCell component="th" scope="row" sx={{ fontWeight: 600 }}>
                {label}
              </TableCell>
              {labels.map((predictedLabel, predicted) => (
                <CountCell
                  key={predictedLabel}
                  count={counts[actual][predicted]}
                  total={counts[actual].reduce((sum, count) => sum + count, 0)}
                  isRight={actual === predicted}
                />
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function CountCell(props: { count: number; total: number; isRight: boolean }) {
  const formats = useFormats();
  const palette = palettes[useTheme().palette.mode];
  const { count, total, isRight } = props;
  const share = total === 0 ? 0 : count / total;
  const color = (isRight ? palette.ok : palette.error).main;
  return (
    <TableCell
      align="right"
      sx={{ backgroundColor: alpha(color, share * strongest), fontVariantNumeric: 'tabular-nums', minWidth: 88 }}
    >
      <Typography component="div" sx={{ fontSize: 18, fontWeight: 600 }}>
        {formats.number(count)}
      </Typography>
      <Typography variant="caption">{formats.share(share)}</Typography>
    </TableCell>
  );
}
