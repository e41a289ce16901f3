// @ts-check

/**
 * The task of the scaffolder whose step asked for a run.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table.string('task_id', 100).comment('Of the face template. Null for others, and in runs from before');
  });
  await knex.raw('create index runs_task on runs (task_id) where task_id is not null');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index runs_task');
  // Knex would rebuild the table on SQLite, and dropping the old one would take what refers to it with it.
  await knex.raw('alter table ?? drop column ??', ['runs', 'task_id']);
};
