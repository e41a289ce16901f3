// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('predictions', table => {
    table.comment('What people asked models, to ask it again; the newest of each person and model are kept');
    table.string('id', 36).primary();
    table.string('person').notNullable();
    table.string('model', 2200).notNullable().comment('project.dataset.model');
    table.text('document').notNullable().comment('JSON with rows and predicted values');
    table.string('created_at', 24).notNullable();
    table.index(['person', 'created_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('predictions');
};
