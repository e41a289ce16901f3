import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { HealthBadge, type HealthBadgeState } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { groupByType } from '../../model/groupByType';

/** Entities as short lists under their types, with health where it is known. */
export function EntityGroups(props: { entities: Entity[]; health: ReadonlyMap<string, HealthBadgeState> }) {
  return (
    <Box sx={{ padding: '12px 16px', display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      {groupByType(props.entities).map(group => (
        <div key={`${group.entities[0].kind}/${group.label}`}>
          <Typography variant="caption" component="h3" color="text.secondary" sx={{ margin: 0, fontWeight: 600 }}>
            {group.label}{' '}
            <Box component="span" sx={{ fontWeight: 400 }}>
              {group.entities.length}
            </Box>
          </Typography>
          <Box component="ul" sx={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {group.entities.map(entity => (
              <EntityItem
                key={stringifyEntityRef(entity)}
                entity={entity}
                health={props.health.get(stringifyEntityRef(entity))}
              />
            ))}
          </Box>
        </div>
      ))}
    </Box>
  );
}

function EntityItem(props: { entity: Entity; health: HealthBadgeState | undefined }) {
  const { metadata } = props.entity;
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, alignItems: 'baseline', paddingY: '2px', minWidth: 0 }}>
      <Box
        sx={{
          flexShrink: 0,
          maxWidth: '60%',
          fontWeight: 500,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
        title={metadata.name}
      >
        <EntityRefLink entityRef={props.entity} hideIcon title={metadata.title ?? metadata.name} />
      </Box>
      <Typography variant="body2" color="text.secondary" noWrap title={metadata.description} sx={{ flexGrow: 1 }}>
        {metadata.description}
      </Typography>
      {props.health && <HealthBadge state={props.health} />}
    </Box>
  );
}
