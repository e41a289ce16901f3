import { formatBytes, formatCpu, QuantityBar, useLocale } from '@leitstand/plugin-kit-react';
import TableCell from '@mui/material/TableCell';

/** CPU in cores and memory in bytes; what is not known is left out. */
interface Amounts {
  cpuCores?: number;
  memoryBytes?: number;
}

/** Two cells of a row: CPU and memory, used and asked for, against their end. */
export function ResourceCells(props: {
  usage: Amounts | undefined;
  requests: Amounts;
  limits: Amounts;
  /** What the end is. Default: a limit. */
  end?: 'limit' | 'capacity';
}) {
  const locale = useLocale();
  const { usage, requests, limits, end } = props;
  return (
    <>
      <TableCell>
        <QuantityBar
          usage={usage?.cpuCores}
          request={requests.cpuCores}
          limit={limits.cpuCores}
          end={end}
          format={cores => formatCpu(cores, locale)}
        />
      </TableCell>
      <TableCell>
        <QuantityBar
          usage={usage?.memoryBytes}
          request={requests.memoryBytes}
          limit={limits.memoryBytes}
          end={end}
          format={sizeBytes => formatBytes(sizeBytes, locale)}
        />
      </TableCell>
    </>
  );
}
