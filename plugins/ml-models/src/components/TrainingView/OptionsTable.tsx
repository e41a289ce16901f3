import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Fact, FactList } from '@leitstand/plugin-kit-react';
import type { TrainingRun } from '@leitstand/plugin-ml-models-common';
import Typography from '@mui/material/Typography';
import { mlModelsTranslationRef } from '../../translation';
import { Section } from '../Section';

/** The options of a training, under the API's names; a list becomes words. */
export function OptionsTable(props: { options: TrainingRun['options'] }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const options = Object.entries(props.options).sort(([a], [b]) => a.localeCompare(b));
  return (
    <Section title={t('training.options')}>
      {options.length === 0 ? (
        <Typography variant="body2">{t('training.noOptions')}</Typography>
      ) : (
        <FactList>
          {options.map(([name, value]) => (
            <Fact key={name} term={name}>
              {value.startsWith('[') ? value.replaceAll(/["[\]]/g, '').replaceAll(',', ', ') : value}
            </Fact>
          ))}
        </FactList>
      )}
    </Section>
  );
}
