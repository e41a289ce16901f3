import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { VisuallyHidden } from '@backstage/ui';
import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import { useId, useState } from 'react';
import { rolloutsTranslationRef } from '../../translation';

/** One entry of the menu. */
export interface OperationMenuEntry {
  label: string;
  /** Why it does nothing, in a sentence. */
  refusal?: string;
  onOpen: () => void;
}

/** The operations that are not the first thing to do. Those that are not available say why. */
export function OperationMenu(props: { entries: OperationMenuEntry[] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const menuId = useId();
  const close = () => setAnchor(undefined);
  if (props.entries.length === 0) return null;
  return (
    <>
      <Button
        variant="outlined"
        aria-label={t('operation.moreLabel')}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        aria-controls={anchor ? menuId : undefined}
        endIcon={<ArrowDropDownIcon />}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('operation.more')}
      </Button>
      <Menu
        id={menuId}
        anchorEl={anchor}
        open={anchor !== undefined}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        {props.entries.map(entry => (
          <Entry key={entry.label} entry={entry} onClose={close} />
        ))}
      </Menu>
    </>
  );
}

/** Menus move the focus by arrow keys among items that they get as they are: refs and props are passed on. */
function Entry(props: { entry: OperationMenuEntry; onClose: () => void }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { entry, onClose, ...rest } = props;
  const { label, refusal, onOpen } = entry;
  const reasonId = useId();
  if (refusal === undefined) {
    const open = () => {
      onClose();
      onOpen();
    };
    return (
      <MenuItem {...rest} aria-label={label} onClick={open}>
        {t('operation.opens', { label })}
      </MenuItem>
    );
  }
  return (
    <Tooltip title={refusal} placement="left" enterTouchDelay={0} leaveTouchDelay={8_000} disableInteractive>
      <MenuItem
        {...rest}
        aria-disabled
        aria-label={label}
        aria-describedby={reasonId}
        disableRipple
        sx={{ color: 'text.secondary', cursor: 'not-allowed' }}
      >
        {label}
        <VisuallyHidden id={reasonId}>{refusal}</VisuallyHidden>
      </MenuItem>
    </Tooltip>
  );
}
