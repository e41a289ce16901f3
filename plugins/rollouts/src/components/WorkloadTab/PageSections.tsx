import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { rolloutsTranslationRef } from '../../translation';

/** The way to the parts of a long page. Buttons, because an address that is only a fragment would leave the page. */
export function PageSections(props: { sections: { id: string; title: string; count?: number }[] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const goTo = (id: string) => {
    const section = document.getElementById(id);
    section?.scrollIntoView?.({ block: 'start' });
    section?.focus({ preventScroll: true });
  };
  return (
    <Box
      component="nav"
      aria-label={t('page.sections')}
      // What is read begins where everything else does: the buttons' own padding stands outside.
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, marginLeft: -1 }}
    >
      {props.sections.map(({ id, title, count }) => (
        <Button key={id} size="small" onClick={() => goTo(id)}>
          {count === undefined ? title : `${title} (${count})`}
        </Button>
      ))}
    </Box>
  );
}
