import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime, VirtualTable, type VirtualColumn } from '@leitstand/plugin-kit-react';
import { formatModelRef, type ModelSummary } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { maxComparedCount } from '../../model/compareFormat';
import { datasetName } from '../../model/datasetName';
import { useModelLink } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';
import { ModelHealthChip } from '../ModelHealthChip';
import { ModelTypeName } from '../ModelTypeName';
import { QualityText } from '../QualityText';

const rowHeightPx = 52;

/** Models as rows of equal height, each with a box to choose it for comparison. */
export function ModelsTable(props: {
  models: ModelSummary[];
  /** True while the rows are those of the filter before. */
  isDimmed: boolean;
  onNearEnd?: () => void;
  selected: readonly string[];
  onSelect: (selected: readonly string[]) => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { selected, onSelect } = props;
  const columns = useMemo<VirtualColumn<ModelSummary>[]>(
    () => [
      {
        id: 'select',
        label: t('column.compare'),
        width: 92,
        cell: row => <SelectCell model={row} selected={selected} onSelect={onSelect} />,
      },
      { id: 'health', label: t('column.health'), width: 150, cell: row => <ModelHealthChip model={row} /> },
      { id: 'model', label: t('column.model'), width: '30%', cell: row => <ModelCell model={row} /> },
      { id: 'type', label: t('column.type'), cell: row => <ModelTypeName type={row.type} /> },
      { id: 'label', label: t('column.label'), cell: row => row.label ?? '–' },
      { id: 'quality', label: t('column.quality'), width: 130, cell: row => <QualityText quality={row.quality} /> },
      { id: 'trained', label: t('column.trained'), width: 124, cell: row => <RelativeTime time={row.modifiedAt} /> },
    ],
    [t, selected, onSelect],
  );
  return (
    <Box sx={{ opacity: props.isDimmed ? 0.6 : 1 }}>
      <VirtualTable
        label={t('list.title')}
        columns={columns}
        rows={props.models}
        rowKey={({ ref }) => formatModelRef(ref)}
        rowHeightPx={rowHeightPx}
        onNearEnd={props.onNearEnd}
        minWidthPx={980}
      />
    </Box>
  );
}

function SelectCell(props: {
  model: ModelSummary;
  selected: readonly string[];
  onSelect: (selected: readonly string[]) => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { selected, onSelect } = props;
  const ref = formatModelRef(props.model.ref);
  const isSelected = selected.includes(ref);
  return (
    <Checkbox
      size="small"
      checked={isSelected}
      disabled={!isSelected && selected.length >= maxComparedCount}
      onChange={() => onSelect(isSelected ? selected.filter(other => other !== ref) : [...selected, ref])}
      inputProps={{ 'aria-label': t('list.select', { model: props.model.ref.model }) }}
    />
  );
}

function ModelCell(props: { model: ModelSummary }) {
  const modelLink = useModelLink();
  const { ref, friendlyName, entityRef } = props.model;
  const name = friendlyName ?? ref.model;
  return (
    <>
      {entityRef === undefined ? name : <Link to={modelLink(entityRef)}>{name}</Link>}
      <Typography variant="body2" component="div" color="text.secondary" noWrap title={formatModelRef(ref)}>
        {datasetName(ref)}
      </Typography>
    </>
  );
}
