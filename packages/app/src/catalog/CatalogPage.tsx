import { CatalogTable } from '@backstage/plugin-catalog';
import { CatalogFilterLayout, EntityListProvider } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import { Fragment, type ReactElement } from 'react';

const tableOptions = { draggable: false };

/** All entities, paged by the server, beside the filters that plugins contribute. */
export function CatalogPage(props: { filters: { id: string; element: ReactElement }[] }) {
  return (
    <EntityListProvider pagination>
      <Box sx={{ padding: 'var(--bui-space-5)', paddingTop: 0 }}>
        <CatalogFilterLayout>
          <CatalogFilterLayout.Filters>
            {props.filters.map(({ id, element }) => (
              <Fragment key={id}>{element}</Fragment>
            ))}
          </CatalogFilterLayout.Filters>
          <CatalogFilterLayout.Content>
            <CatalogTable tableOptions={tableOptions} />
          </CatalogFilterLayout.Content>
        </CatalogFilterLayout>
      </Box>
    </EntityListProvider>
  );
}
