import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import DownloadIcon from '@mui/icons-material/Download';
import PauseIcon from '@mui/icons-material/Pause';
import PlayArrowIcon from '@mui/icons-material/PlayArrow';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import { downloadLineCount, useLogDownload } from '../../hooks/useLogDownload';
import type { LogSearch } from '../../hooks/useLogSearch';
import type { PodLogRequest } from '../../log/PodLogReader';
import { rolloutsTranslationRef } from '../../translation';
import { LogSearchField } from './LogSearchField';

/** How a log is shown. */
export interface LogSettings {
  isWrapped: boolean;
  showsTimes: boolean;
}

/** What can be done with a log: search, pause, wrap, times, download. */
export function LogToolbar(props: {
  request: PodLogRequest;
  search: LogSearch;
  settings: LogSettings;
  onSettings: (settings: LogSettings) => void;
  isPaused: boolean;
  /** Left out where nothing new can come. */
  onPause: (() => void) | undefined;
}) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { settings, onSettings, isPaused, onPause } = props;
  const download = useLogDownload(props.request);
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, padding: 2, paddingTop: 0, alignItems: 'center' }}>
        <LogSearchField search={props.search} />
        {onPause && (
          <Button variant="outlined" startIcon={isPaused ? <PlayArrowIcon /> : <PauseIcon />} onClick={onPause}>
            {isPaused ? t('log.resume') : t('log.pause')}
          </Button>
        )}
        <ToggleButton
          size="small"
          value="wrap"
          selected={settings.isWrapped}
          onChange={() => onSettings({ ...settings, isWrapped: !settings.isWrapped })}
        >
          {t('log.wrap')}
        </ToggleButton>
        <ToggleButton
          size="small"
          value="times"
          selected={settings.showsTimes}
          onChange={() => onSettings({ ...settings, showsTimes: !settings.showsTimes })}
        >
          {t('log.times')}
        </ToggleButton>
        <Button
          variant="outlined"
          startIcon={<DownloadIcon />}
          title={t('log.downloadHint', { lines: String(downloadLineCount) })}
          disabled={download.state === 'running'}
          onClick={download.start}
        >
          {download.state === 'running' ? t('log.downloading') : t('log.download')}
        </Button>
      </Box>
      {download.state === 'failed' && (
        <Alert severity="warning" role="alert" sx={{ margin: 2, marginTop: 0 }}>
          {t('log.downloadFailed')}
        </Alert>
      )}
    </>
  );
}
