import {
  DefaultTemplateOutputs,
  type ScaffolderTemplateOutputsComponent,
} from '@backstage/plugin-scaffolder-react/alpha';
import Box from '@mui/material/Box';
import type { ComponentProps } from 'react';
import { useParams } from 'react-router-dom';
import { TaskRuns } from './TaskRuns';

/** What Backstage shows of a task that has ended, and above it, from the beginning, what it changes through the door. */
export function TaskOutputs(props: ComponentProps<ScaffolderTemplateOutputsComponent>) {
  const { taskId } = useParams();
  return (
    <>
      {taskId !== undefined && (
        <Box sx={{ '&:not(:empty)': { paddingBottom: 2 } }}>
          <TaskRuns taskId={taskId} />
        </Box>
      )}
      <DefaultTemplateOutputs output={props.output} />
    </>
  );
}
