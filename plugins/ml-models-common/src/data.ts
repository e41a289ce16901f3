import { z } from 'zod/v3';
import { columnSchema } from './model';
import { datasetRefSchema, tableRefSchema } from './modelRef';
import { estimateSchema } from './predict';

/** Reply of `GET /v1/datasets`: for pickers. */
export const datasetListSchema = z.object({
  items: z.array(datasetRefSchema.extend({ connection: z.string(), location: z.string() })),
});
export type DatasetList = z.infer<typeof datasetListSchema>;

/** Reply of `GET /v1/datasets/:project/:dataset/tables`. */
export const tableListSchema = z.object({
  items: z.array(
    z.object({
      ref: tableRefSchema,
      type: z.string(),
      rowCount: z.number().optional(),
      columns: z.array(columnSchema),
    }),
  ),
});
export type TableList = z.infer<typeof tableListSchema>;

/** Body of `POST /v1/queries/estimate`: what a query would read and return. Only SELECT. */
export const queryEstimateRequestSchema = z
  .object({ project: z.string(), query: z.string().trim().min(1).max(100_000) })
  .strict();
export type QueryEstimateRequest = z.input<typeof queryEstimateRequestSchema>;

export const queryEstimateSchema = estimateSchema.extend({ columns: z.array(columnSchema) });
export type QueryEstimate = z.infer<typeof queryEstimateSchema>;
