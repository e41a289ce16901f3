// @ts-check

/**
 * Times are ISO 8601 in UTC with milliseconds, as text of fixed width: they sort the same on every database.
 * Columns named `document`, and those that say so, hold JSON.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('plans', table => {
    table.comment('What operations would change; bound to the person who asked');
    table.string('id', 36).primary();
    table.string('requester').notNullable();
    table.string('state', 20).notNullable();
    table.string('expires_at', 24).notNullable();
    table.text('document').notNullable().comment('The plan as the API shows it');
    table.text('confirmed_owners').notNullable().comment('JSON list of entity references');
    table.text('basis').notNullable().comment('JSON; what the plan depends on upstream');
  });
  await knex.schema.createTable('runs', table => {
    table.comment('The ledger: who did what to which thing, why, with what result');
    table.string('id', 36).primary();
    table.string('plan_id', 36).notNullable().unique().references('plans.id');
    table.string('operation', 100).notNullable();
    table.string('entity_ref').notNullable();
    table.string('requester').notNullable();
    table.string('idempotency_key', 100).notNullable();
    table.text('reason');
    table.string('state', 20).notNullable();
    table.text('document').notNullable().comment('Title, summary, target, environment and changes, out of the plan');
    table.text('result');
    table.text('error').comment('JSON with name, code and message');
    table.string('cancelled_by').comment('Who asked the run to stop');
    table.string('created_at', 24).notNullable();
    table.string('started_at', 24);
    table.string('finished_at', 24);
    table.unique(['requester', 'idempotency_key']);
    table.index(['created_at', 'id']);
    table.index(['entity_ref', 'created_at', 'id']);
    table.index(['state']);
  });
  await knex.schema.createTable('run_steps', table => {
    table.comment('The steps of a run; a step is on record as started before it changes anything');
    table.string('run_id', 36).notNullable().references('runs.id').onDelete('CASCADE');
    table.string('key', 100).notNullable();
    table.integer('position').notNullable();
    table.string('title').notNullable();
    table.string('state', 20).notNullable();
    table.text('progress');
    table.text('output').comment('JSON');
    table.string('started_at', 24).notNullable();
    table.string('finished_at', 24);
    table.primary(['run_id', 'key']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('run_steps');
  await knex.schema.dropTable('runs');
  await knex.schema.dropTable('plans');
};
