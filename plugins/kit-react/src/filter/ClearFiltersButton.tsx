import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@mui/material/Button';
import { kitReactTranslationRef } from '../translation';

/** The way back to no filter. */
export function ClearFiltersButton(props: {
  /** Default: `text`, for a row of filters; `outlined` is for an empty state. */
  variant?: 'text' | 'outlined';
  onClick: () => void;
}) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  return (
    <Button size="small" variant={props.variant} onClick={props.onClick}>
      {t('filter.clear')}
    </Button>
  );
}
