import {
  gateSchema,
  modelOptionsSchema,
  trainingSourceSchema,
  type Gate,
  type Model,
  type RetrainModelInput,
} from '@leitstand/plugin-ml-models-common';
import { z } from 'zod/v3';

/** What the fields hold: numbers as text. */
export interface RetrainValues {
  source: 'same' | 'table' | 'query' | 'csv';
  table: string;
  query: string;
  csv: string;
  metric: Gate['metric'] | '';
  bound: string;
  maximumLoss: string;
  isWithOptions: boolean;
  l1Reg: string;
  l2Reg: string;
  maxIterations: string;
}

/** Words for what is wrong. */
export interface RetrainWords {
  notANumber: string;
  gateEmpty: string;
  sourceInvalid: string;
  optionsInvalid: string;
}

/** Measures that a gate can ask of a model of a type. */
export function gateMetricsOf(type: string): Gate['metric'][] {
  if (type === 'LINEAR_REGRESSION') return ['r2_score', 'mean_absolute_error'];
  return ['roc_auc', 'accuracy', 'f1_score', 'log_loss'];
}

/** What the form begins with: the same data, and a gate that lets nothing worse through. */
export function initialRetrainValues({ quality, type }: Pick<Model, 'quality' | 'type'>): RetrainValues {
  const metrics = gateMetricsOf(type);
  const metric = metrics.find(candidate => candidate === quality?.metric) ?? metrics[0];
  return {
    ...{ source: 'same', table: '', query: '', csv: '', metric, bound: '', maximumLoss: quality ? '0.05' : '' },
    ...{ isWithOptions: false, l1Reg: '', l2Reg: '', maxIterations: '' },
  };
}

const names = ['bound', 'maximumLoss', 'l1Reg', 'l2Reg', 'maxIterations'] as const;

/** What the operation takes, from what the fields hold. */
export function retrainFormSchema(modelType: string, words: RetrainWords) {
  return z.custom<RetrainValues>().transform((values, context): RetrainModelInput => {
    const refuse = (path: keyof RetrainValues, message: string) => {
      context.addIssue({ code: z.ZodIssueCode.custom, path: [path], message });
      return undefined;
    };
    for (const name of names) {
      if (values[name].trim() !== '' && !Number.isFinite(numberOf(values[name]))) refuse(name, words.notANumber);
    }
    return {
      source: readSource(values) ?? (values.source === 'same' ? undefined : refuse(values.source, words.sourceInvalid)),
      options: values.isWithOptions
        ? (readOptions(values, modelType) ?? refuse('l2Reg', words.optionsInvalid))
        : undefined,
      gate: values.metric === '' ? undefined : (readGate(values) ?? refuse('bound', words.gateEmpty)),
    };
  });
}

function numberOf(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text.replace(',', '.'));
}

function readSource({ source, table, query, csv }: RetrainValues) {
  if (source === 'same') return undefined;
  return trainingSourceSchema.safeParse({
    kind: source,
    ...(source === 'query' ? { query } : { table: table.trim() }),
    ...(source === 'csv' && { csv }),
  }).data;
}

function readOptions({ l1Reg, l2Reg, maxIterations }: RetrainValues, modelType: string) {
  return modelOptionsSchema.safeParse({
    modelType: modelType === 'LINEAR_REGRESSION' ? 'linear_reg' : 'logistic_reg',
    l1Reg: numberOf(l1Reg),
    l2Reg: numberOf(l2Reg),
    maxIterations: numberOf(maxIterations),
  }).data;
}

function readGate({ metric, bound, maximumLoss }: RetrainValues): Gate | undefined {
  const gate = { metric, bound: numberOf(bound), maximumLoss: numberOf(maximumLoss) };
  return gate.bound === undefined && gate.maximumLoss === undefined ? undefined : gateSchema.safeParse(gate).data;
}
