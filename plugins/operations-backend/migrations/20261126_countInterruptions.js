// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table.integer('interruptions').notNullable().defaultTo(0).comment('In a row, since it came any further');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // Knex would rebuild the table on SQLite, and dropping the old one would take all steps with it.
  await knex.raw('alter table ?? drop column ??', ['runs', 'interruptions']);
};
