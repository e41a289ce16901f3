import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { HomeCard, StatusChip, useErrorReason, useResource, type Resource } from '@leitstand/plugin-kit-react';
import type { FeatureValue, Model, Prediction } from '@leitstand/plugin-ml-models-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useCallback, type ReactNode } from 'react';
import { mlModelsApiRef } from '../../api';
import { useFormats } from '../../hooks/useFormats';
import { agree } from '../../model/agree';
import { mlModelsTranslationRef } from '../../translation';

/** A row that was asked about; another number each time, so that the same row can be asked about again. */
export interface AskedRow {
  row: Record<string, FeatureValue>;
  number: number;
}

type Predicted = Prediction['predicted'] | undefined;
type Answer = { predicted?: Predicted; durationMs: number; status?: number };

/** One row each for BigQuery and every service: the answer, how long it took, and whether they agree. */
export function ServingComparison(props: { model: Model; asked: AskedRow }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model, asked } = props;
  const models = useApi(mlModelsApiRef);
  // By its parts: the model may be told anew while the answer is looked at; that must not ask, and bill, again.
  const { project, dataset, model: name } = model.ref;
  const load = useCallback(
    async (signal: AbortSignal): Promise<Answer> => {
      const ref = { project, dataset, model: name };
      const { predictions, durationMs } = await models.predict(ref, { rows: [asked.row] }, { signal });
      return { predicted: predictions[0]?.predicted, durationMs };
    },
    [models, project, dataset, name, asked],
  );
  const own = useResource(load);
  return (
    <HomeCard title={t('serving.answers')}>
      <TableContainer tabIndex={0}>
        <Table aria-label={t('serving.answers')} sx={{ minWidth: 620 }}>
          <TableHead>
            <TableRow>
              <TableCell>{t('serving.who')}</TableCell>
              <TableCell>{t('serving.answer')}</TableCell>
              <TableCell>{t('serving.latency')}</TableCell>
              <TableCell>{t('serving.agreement')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            <AnswerRow who={t('serving.bigQuery')} answer={own} />
            {model.serving.map(service => (
              <ServiceRow key={service.entityRef} model={model} service={service} asked={asked} own={own.value} />
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </HomeCard>
  );
}

function ServiceRow(props: {
  model: Model;
  service: Model['serving'][number];
  asked: AskedRow;
  own: Answer | undefined;
}) {
  const models = useApi(mlModelsApiRef);
  const { model, service, asked, own } = props;
  const { entityRef } = service;
  const { project, dataset, model: name } = model.ref;
  const load = useCallback(
    (signal: AbortSignal): Promise<Answer> =>
      models.callServing({ project, dataset, model: name }, { entityRef, row: asked.row }, { signal }),
    [models, project, dataset, name, entityRef, asked],
  );
  const answer = useResource(load);
  return (
    <AnswerRow
      who={<EntityRefLink entityRef={entityRef} defaultKind="component" />}
      answer={answer}
      agreement={own && answer.value && <Agreement own={own.predicted} other={answer.value.predicted} />}
    />
  );
}

function AnswerRow(props: { who: ReactNode; answer: Resource<Answer>; agreement?: ReactNode }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { value, error } = props.answer;
  const failure = useErrorReason(error);
  const write = ({ predicted, status }: Answer) => {
    if (predicted === undefined) return t('serving.notUnderstood', { status: String(status ?? '') });
    return typeof predicted === 'number' ? formats.number(predicted) : String(predicted ?? '–');
  };
  const text = () => {
    if (value) return write(value);
    return failure === undefined ? t('serving.asking') : t('serving.failed', { reason: failure });
  };
  return (
    <TableRow>
      <TableCell component="th" scope="row">
        {props.who}
      </TableCell>
      <TableCell sx={{ fontWeight: value ? 600 : undefined, overflowWrap: 'anywhere' }}>{text()}</TableCell>
      <TableCell sx={{ fontVariantNumeric: 'tabular-nums' }}>{value && formats.duration(value.durationMs)}</TableCell>
      <TableCell>{props.agreement}</TableCell>
    </TableRow>
  );
}

function Agreement(props: { own: Predicted; other: Predicted }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  if (props.other === undefined) return null;
  return agree(props.own, props.other) ? (
    <StatusChip tone="ok" label={t('serving.agrees')} />
  ) : (
    <StatusChip tone="warning" label={t('serving.differs')} />
  );
}
