import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { VisuallyHidden } from '@backstage/ui';
import { palettes } from '@leitstand/plugin-kit-react';
import type { DocumentDiff } from '@leitstand/plugin-operations-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import { countDiff, diffDocument, foldUnchanged, type DiffLine } from '../../model/documentDiff';
import { operationsReactTranslationRef } from '../../translation';

const signs = { unchanged: ' ', removed: '−', added: '+' } as const;

/** A document before and after, line by line, with unchanged stretches folded. Scrolls in itself. */
export function DocumentDiffView(props: { document: DocumentDiff }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { title, before, after } = props.document;
  const lines = useMemo(() => diffDocument(before, after), [before, after]);
  const sections = useMemo(() => foldUnchanged(lines), [lines]);
  const counts = countDiff(lines);
  const isSame = counts.added + counts.removed === 0;
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden' }}>
      <Box
        sx={{
          display: 'flex',
          justifyContent: 'space-between',
          gap: 2,
          padding: '6px 12px',
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Typography variant="subtitle2" component="h4">
          {title}
        </Typography>
        <Typography variant="caption" color="text.secondary">
          {isSame ? t('diff.same') : t('diff.counts', { added: String(counts.added), removed: String(counts.removed) })}
        </Typography>
      </Box>
      <Box
        role="region"
        aria-label={t('diff.label', { title })}
        tabIndex={0}
        sx={{
          maxHeight: 300,
          overflow: 'auto',
          '&:focus-visible': { outline: 2, outlineColor: 'primary.main', outlineOffset: -2 },
        }}
      >
        <Box
          component="table"
          aria-label={t('diff.label', { title })}
          sx={{
            width: '100%',
            borderCollapse: 'collapse',
            fontFamily: 'var(--bui-font-monospace)',
            fontSize: 12,
            lineHeight: 1.6,
          }}
        >
          {sections.map((section, index) => (
            <Section key={index} isFolded={section.isFolded} lines={section.lines} />
          ))}
        </Box>
      </Box>
    </Box>
  );
}

function Section(props: { isFolded: boolean; lines: DiffLine[] }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const [isOpen, setIsOpen] = useState(!props.isFolded);
  if (!isOpen) {
    return (
      <tbody>
        <tr>
          <td colSpan={4} style={{ padding: 0 }}>
            <Button size="small" fullWidth sx={{ fontSize: 12, borderRadius: 0 }} onClick={() => setIsOpen(true)}>
              {t('diff.unfold', { count: props.lines.length })}
            </Button>
          </td>
        </tr>
      </tbody>
    );
  }
  return (
    <tbody>
      {props.lines.map((line, index) => (
        <Line key={index} line={line} />
      ))}
    </tbody>
  );
}

function Line(props: { line: DiffLine }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const palette = palettes[useTheme().palette.mode];
  const { kind, text, beforeLine, afterLine } = props.line;
  const color = { unchanged: undefined, removed: palette.error, added: palette.ok }[kind];
  const number = {
    color: palette.textSecondary,
    textAlign: 'right',
    padding: '0 8px',
    userSelect: 'none',
    width: '1%',
  } as const;
  return (
    <Box component="tr" sx={{ backgroundColor: color?.subtle, verticalAlign: 'top' }}>
      <Box
        component="td"
        sx={number}
        aria-label={beforeLine === undefined ? undefined : t('diff.beforeLine', { line: String(beforeLine) })}
      >
        {beforeLine}
      </Box>
      <Box
        component="td"
        sx={number}
        aria-label={afterLine === undefined ? undefined : t('diff.afterLine', { line: String(afterLine) })}
      >
        {afterLine}
      </Box>
      <Box
        component="td"
        sx={{ color: color?.main, fontWeight: 700, width: '1%', padding: '0 4px', userSelect: 'none' }}
      >
        <span aria-hidden>{signs[kind]}</span>
        {kind !== 'unchanged' && <VisuallyHidden>{t(`diff.${kind}`)}</VisuallyHidden>}
      </Box>
      <Box component="td" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', paddingRight: 1.5 }}>
        {text}
      </Box>
    </Box>
  );
}
