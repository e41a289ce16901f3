import { registerOperationTool } from './operationTool';
import { registerRunTools } from './runTools';
import type { ToolOptions } from './ToolOptions';

/** The door as tools (registry actions, and so MCP): one for each operation, and three to look and to stop. */
export function registerTools(options: ToolOptions): void {
  options.registry.list().forEach(operation => registerOperationTool(operation, options));
  registerRunTools(options);
}
