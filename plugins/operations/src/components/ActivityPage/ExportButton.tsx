import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { RunExportQuery, RunFilter } from '@leitstand/plugin-operations-common';
import { FailureAlert, operationsApiRef, useAction } from '@leitstand/plugin-operations-react';
import FileDownloadOutlinedIcon from '@mui/icons-material/FileDownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useId, useState } from 'react';
import { operationsTranslationRef } from '../../translation';
import { saveFile } from './saveFile';

/** Saves everything that fits the filter as a file. */
export function ExportButton(props: { filter: RunFilter }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const operations = useApi(operationsApiRef);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { isBusy, error, act } = useAction();
  const menuId = useId();
  const save = (format: RunExportQuery['format']) => {
    setAnchor(null);
    act(async () => {
      const response = await operations.exportRuns({ ...props.filter, format });
      saveFile(await response.blob(), `activity.${format}`);
    });
  };
  return (
    <Box>
      <Button
        variant="outlined"
        startIcon={<FileDownloadOutlinedIcon />}
        aria-haspopup="menu"
        aria-controls={anchor ? menuId : undefined}
        aria-expanded={anchor !== null}
        onClick={event => setAnchor(event.currentTarget)}
        disabled={isBusy}
      >
        {isBusy ? t('page.exporting') : t('page.export')}
      </Button>
      <Menu id={menuId} anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={() => save('csv')}>{t('page.exportCsv')}</MenuItem>
        <MenuItem onClick={() => save('jsonl')}>{t('page.exportJsonLines')}</MenuItem>
      </Menu>
      {error !== undefined && <FailureAlert title={t('page.exportFailed')} error={error} />}
    </Box>
  );
}
