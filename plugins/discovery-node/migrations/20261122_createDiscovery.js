// @ts-check

/**
 * In the catalogue's database, which belongs to another plugin: every name begins with `leitstand_`, and the migrations
 * have a table of their own.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('leitstand_leases', table => {
    table.comment(
      'What one process at a time does; the row stays when the lease is given back, so that the fence grows',
    );
    table.string('name', 100).primary();
    table.string('holder').notNullable();
    table.integer('fence').notNullable();
    table.bigInteger('until_ms').notNullable().comment('Milliseconds since 1970 by the clock of the database');
  });
  await knex.schema.createTable('leitstand_provider_status', table => {
    table.comment('What each provider last did, one row a source');
    table.string('provider', 100).notNullable();
    table.string('source').notNullable();
    table.text('document').notNullable().comment('JSON, as the API shows it');
    table.primary(['provider', 'source']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('leitstand_provider_status');
  await knex.schema.dropTable('leitstand_leases');
};
