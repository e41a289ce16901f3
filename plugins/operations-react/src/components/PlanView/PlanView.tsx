import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Fact, FactList } from '@leitstand/plugin-kit-react';
import type { Plan } from '@leitstand/plugin-operations-common';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';
import { runRouteRef } from '../../routes';
import { operationsReactTranslationRef } from '../../translation';
import { FreezeNote } from '../Freeze';
import { TargetLine } from '../TargetLine';
import { ApprovalNote } from './ApprovalNote';
import { ChangesTable } from './ChangesTable';
import { DocumentDiffView } from './DocumentDiffView';
import { PlanWarnings } from './PlanWarnings';

/** What a plan says, for reading: where, what it has to wait for, what to know, what changes, how to take it back. */
export function PlanView(props: { plan: Plan }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { target, environment, warnings, changes, documents, undo, freezes, requirements, undoes } = props.plan;
  const runLink = useRouteRef(runRouteRef);
  return (
    <Stack spacing={2.5}>
      <FactList>
        <Fact term={t('dialog.where')}>
          <TargetLine target={target} />
        </Fact>
        <Fact term={t('dialog.environment')}>{environment ?? t('dialog.noEnvironment')}</Fact>
        <Fact term={t('dialog.undo')}>
          {undo.isPossible ? undo.note : t('dialog.undoImpossible', { note: undo.note })}
        </Fact>
        {undoes && (
          <Fact term={t('dialog.undoes')}>
            <Link to={runLink({ id: undoes })}>{t('dialog.undoesRun')}</Link>
          </Fact>
        )}
      </FactList>
      {freezes.length > 0 && (
        <Section title={t('dialog.frozen')}>
          <Stack spacing={1}>
            {freezes.map(freeze => (
              <FreezeNote key={freeze.id} freeze={freeze} consequence={t('dialog.frozenThen')} />
            ))}
          </Stack>
        </Section>
      )}
      {requirements.approval && (
        <Section title={t('dialog.approval')}>
          <ApprovalNote approval={requirements.approval} />
        </Section>
      )}
      {warnings.length > 0 && (
        <Section title={t('dialog.warnings')}>
          <PlanWarnings warnings={warnings} />
        </Section>
      )}
      <Section title={t('dialog.changes')}>
        <Stack spacing={1.5}>
          {changes.length > 0 ? (
            <ChangesTable changes={changes} label={t('dialog.changes')} />
          ) : (
            <Typography variant="body2" color="text.secondary">
              {t('dialog.noChanges')}
            </Typography>
          )}
          {documents.map(document => (
            <DocumentDiffView key={document.title} document={document} />
          ))}
        </Stack>
      </Section>
    </Stack>
  );
}

function Section(props: { title: string; children: ReactNode }) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId}>
      <Typography id={headingId} variant="subtitle2" component="h3" sx={{ marginBottom: 0.5 }}>
        {props.title}
      </Typography>
      {props.children}
    </section>
  );
}
