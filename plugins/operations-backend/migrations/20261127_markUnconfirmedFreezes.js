// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('freezes', table => {
    table.text('unconfirmed').comment('JSON list of places; null once upstream has said what the entity stands for');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('alter table ?? drop column ??', ['freezes', 'unconfirmed']);
};
