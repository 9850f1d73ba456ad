-- Which table these companions belong to. A second queue in the database has a schema of its own;
-- the table is stored as a regclass, so that a renamed schema and a restored dump keep theirs.
CREATE TABLE {own}home (
    job regclass NOT NULL
)
;
INSERT INTO {own}home (job) VALUES (to_regclass('{job}'))
;
-- Until now the queues of a database shared these tables: where there are several, the journal does
-- not show whose rows it holds, and none is restored.
DELETE FROM {own}journal_row WHERE (SELECT COUNT(*) FROM pg_class
    WHERE relname = 'Job' AND relkind IN ('r', 'p')) > 1
;
-- What an effect wrote besides the jobs of a change, as it was before and after.
CREATE TABLE {own}journal_effect (
    journal_id text NOT NULL,
    kind text NOT NULL,
    target text NOT NULL,
    before jsonb,
    after jsonb,
    PRIMARY KEY (journal_id, kind, target)
)
