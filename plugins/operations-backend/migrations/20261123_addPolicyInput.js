// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('plans', table => {
    table.text('policy_input').comment('JSON; what rules of the policy see of the input. Null in plans from before');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // Knex would rebuild the table on SQLite, and dropping the old one would take what refers to it with it.
  await knex.raw('alter table ?? drop column ??', ['plans', 'policy_input']);
};
