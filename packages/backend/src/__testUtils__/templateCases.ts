import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { load } from 'js-yaml';
import type { Portal } from './startPortal';

/** One filled-in form of a template, and the repository that has to come of it. */
export interface TemplateCase {
  /** `<template> <input>` */
  name: string;
  /** Folder with `template.yaml`, `skeleton` and `test`. */
  directory: string;
  /** `test/inputs/<input>.yaml`: the form's values. */
  inputFile: string;
  /** `test/expected/<input>`: the files. */
  expectedDirectory: string;
}

/** Content by path, as text. */
export type Files = Record<string, string>;

/** The cases of every template below a folder, which need not be there. */
export function listTemplateCases(templatesDirectory: string): TemplateCase[] {
  if (!existsSync(templatesDirectory)) return [];
  return readdirSync(templatesDirectory).flatMap(template => {
    const directory = join(templatesDirectory, template);
    const inputs = join(directory, 'test', 'inputs');
    if (!existsSync(inputs)) return [];
    return readdirSync(inputs).map(file => {
      const input = file.replace(/\.yaml$/, '');
      const expectedDirectory = join(directory, 'test', 'expected', input);
      return { name: `${template} ${input}`, directory, inputFile: join(inputs, file), expectedDirectory };
    });
  });
}

/** Runs a template's dry run with a case's values. @throws Error with the server's answer when it refuses */
export async function dryRun(portal: Portal, { directory, inputFile }: TemplateCase): Promise<Files> {
  const body = {
    template: load(await readFile(join(directory, 'template.yaml'), 'utf8')),
    values: load(await readFile(inputFile, 'utf8')),
    directoryContents: Object.entries(await readFiles(directory)).map(([path, content]) => ({
      path,
      base64Content: Buffer.from(content).toString('base64'),
    })),
  };
  const response = await portal.fetchAs('admin', '/api/scaffolder/v2/dry-run', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`The dry run of ${directory} was refused: ${JSON.stringify(answer)}`);
  const files = answer.directoryContents as { path: string; base64Content: string }[];
  return Object.fromEntries(
    files.map(({ path, base64Content }) => [path, Buffer.from(base64Content, 'base64').toString('utf8')]),
  );
}

/** All files below a folder, by path relative to it; none when it is not there. */
export async function readFiles(directory: string): Promise<Files> {
  if (!existsSync(directory)) return {};
  const found = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const files = found.map(async entry => {
    const path = join(entry.parentPath, entry.name);
    return [relative(directory, path), await readFile(path, 'utf8')] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

/** Makes files the expected ones of a case, in place of those before. */
export async function keepAsExpected({ expectedDirectory }: TemplateCase, files: Files): Promise<void> {
  await rm(expectedDirectory, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    const file = join(expectedDirectory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
