// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('freezes', table => {
    table
      .text('target_keys')
      .notNullable()
      .defaultTo('[]')
      .comment('JSON list; what the frozen entity stood for upstream when the freeze was made');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('alter table ?? drop column ??', ['freezes', 'target_keys']);
};
