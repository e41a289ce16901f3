// @ts-check

/**
 * Leases and waits are in milliseconds since 1970 by the database's clock; all other times are text as before.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table.string('face', 20).notNullable().defaultTo('portal').comment('Through which face somebody came');
    table.string('environment', 100);
    table.string('target_key', 500).notNullable().defaultTo('').comment('What one run at a time may change');
    table.text('approval').comment('JSON; null where nobody has to say yes');
    table.string('expires_at', 24).comment('When a run that waits for approval or is held ends by itself');
    table.text('break_glass').comment('JSON with by, reason and at');
    table.string('undoes', 36).comment('The run that this one takes back');
    table.text('output').comment('JSON');
    table.text('failure').comment('JSON; why it is being taken back, while its compensations run');
    table.string('lease_owner', 100).comment('The process that carries it out');
    table.bigInteger('lease_until').notNullable().defaultTo(0);
    table.integer('fence').notNullable().defaultTo(0).comment('Grows with each holder; every write names it');
    table.bigInteger('wake_at').notNullable().defaultTo(0).comment('Not to be taken up before');
    table.integer('version').notNullable().defaultTo(0).comment('Grows with each change that readers see');
    table.index(['state', 'wake_at']);
    table.index(['undoes']);
    table.index(['requester', 'created_at', 'id']);
    table.index(['environment', 'created_at', 'id']);
  });
  await knex.schema.alterTable('run_steps', table => {
    table.string('kind', 20).notNullable().defaultTo('apply').comment('apply or compensation');
  });
  await knex.schema.createTable('target_locks', table => {
    table.comment('What a run that has begun changes; nobody else may until it has ended');
    table.string('target_key', 500).primary();
    table.string('run_id', 36).notNullable().references('runs.id').onDelete('CASCADE');
  });
  await knex.schema.createTable('freezes', table => {
    table.comment('Times in which nothing is changed in a place');
    table.string('id', 36).primary();
    table.string('cluster');
    table.string('namespace');
    table.string('entity_ref');
    table.string('environment', 100);
    table.text('reason').notNullable();
    table.string('starts_at', 24).notNullable();
    table.string('ends_at', 24).notNullable();
    table.string('created_by').notNullable();
    table.string('created_at', 24).notNullable();
    table.string('ended_by');
    table.index(['ends_at']);
  });
  await knex.schema.createTable('ledger_entries', table => {
    table.comment('What happened, in order, each entry naming the hash of the one before');
    table.bigInteger('position').primary();
    table.string('run_id', 36);
    table.string('event', 40).notNullable();
    table.string('at', 24).notNullable();
    table.text('document').notNullable().comment('JSON, as it was hashed');
    table.string('previous_hash', 64).notNullable();
    table.string('hash', 64).notNullable();
    table.index(['run_id', 'position']);
  });
  await knex.schema.createTable('ledger_head', table => {
    table.comment('One row: the end of the chain, and where it begins since older entries were removed');
    table.integer('id').primary();
    table.bigInteger('position').notNullable();
    table.string('hash', 64).notNullable();
    table.bigInteger('first_position').notNullable();
    table.string('anchor_hash', 64).notNullable().comment('Hash of the last entry that was removed');
  });
  await knex('ledger_head').insert({
    id: 1,
    position: 0,
    hash: '0'.repeat(64),
    first_position: 1,
    anchor_hash: '0'.repeat(64),
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['ledger_head', 'ledger_entries', 'freezes', 'target_locks']) await knex.schema.dropTable(table);
  await knex.schema.alterTable('runs', table => {
    table.dropIndex(['state', 'wake_at']);
    table.dropIndex(['undoes']);
    table.dropIndex(['requester', 'created_at', 'id']);
    table.dropIndex(['environment', 'created_at', 'id']);
  });
  // Knex would rebuild the table on SQLite, and dropping the old one would take all steps with it.
  for (const [table, column] of [['run_steps', 'kind'], ...addedToRuns.map(name => ['runs', name])]) {
    await knex.raw('alter table ?? drop column ??', [table, column]);
  }
};

const addedToRuns = [
  ...['face', 'environment', 'target_key', 'approval', 'expires_at', 'break_glass', 'undoes', 'output', 'failure'],
  ...['lease_owner', 'lease_until', 'fence', 'wake_at', 'version'],
];
