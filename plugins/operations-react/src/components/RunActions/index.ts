export { ApprovalPanel } from './ApprovalPanel';
export { BreakGlassButton } from './BreakGlassButton';
export { StopButton } from './StopButton';
export { UndoButton } from './UndoButton';
