// @ts-check

/**
 * The runs that are still to be carried out are few among all that ever were, and looked for all the time: by the target
 * that they wait for, and the oldest first.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`create index runs_unfinished on runs (target_key, created_at)
    where state in ('held', 'queued', 'running')`);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index runs_unfinished');
};
