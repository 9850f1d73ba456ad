-- How the server is, as far as this user may see it. None of these reads the application's tables.

-- name: serverClock
SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint, current_setting('log_timezone')

-- name: rights
WITH t AS (SELECT to_regclass('{job}')::oid AS job)
SELECT current_user, pg_get_userbyid(c.relowner), has_table_privilege(job, 'SELECT')::int,
    has_table_privilege(job, 'INSERT')::int, has_table_privilege(job, 'DELETE')::int,
    (SELECT bool_and(has_column_privilege(job, attnum, 'UPDATE'))::int FROM pg_attribute
        WHERE attrelid = job AND attname IN ('status', 'attempts', 'error', 'completedAt')),
    (to_regclass('{scan}') IS NOT NULL)::int
FROM t JOIN pg_class c ON c.oid = t.job

-- Sessions of this database: how many may connect, how many are, and of how many this user sees
-- nothing but that they exist.
-- name: sessions
SELECT COUNT(*), COUNT(*) FILTER (WHERE a.datname = current_database()),
    COUNT(*) FILTER (WHERE a.usename = current_user),
    current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int,
    (SELECT datconnlimit FROM pg_database WHERE datname = current_database()),
    (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),
    COUNT(*) FILTER (WHERE a.datname = current_database()
        AND a.query = '<insufficient privilege>')
FROM pg_stat_activity a WHERE a.datname IS NOT NULL

-- name: longTransactions
SELECT a.pid, a.usename, a.application_name, a.state,
    EXTRACT(EPOCH FROM clock_timestamp() - a.xact_start)::bigint, left(a.query, 300)
FROM pg_stat_activity a
WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
    AND a.backend_type = 'client backend'
    AND a.xact_start < clock_timestamp() - :seconds::bigint * interval '1 second'
ORDER BY a.xact_start LIMIT 10

-- Who holds a lock on Job that keeps others from reading or writing it, or makes others wait for a
-- row: the session, its lock, whether reading has to wait too, and how many wait for it.
-- name: blockers
WITH waits AS MATERIALIZED (
    SELECT DISTINCT l.pid, unnest(pg_blocking_pids(l.pid)) AS blocker FROM pg_locks l
    JOIN pg_stat_activity a ON a.pid = l.pid AND a.datname = current_database()
    WHERE NOT l.granted AND l.pid <> pg_backend_pid()),
locks AS MATERIALIZED (
    SELECT l.pid, MIN(l.mode) AS mode, bool_or(l.mode = 'AccessExclusiveLock') AS is_whole
    FROM pg_locks l
    WHERE l.relation = to_regclass('{job}') AND l.granted AND l.pid <> pg_backend_pid()
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
    GROUP BY l.pid)
SELECT a.pid, a.usename, a.application_name, a.state,
    EXTRACT(EPOCH FROM clock_timestamp() - a.xact_start)::bigint, left(a.query, 300), k.mode,
    COALESCE(k.is_whole, false)::int, (SELECT COUNT(*) FROM waits w WHERE w.blocker = a.pid)
FROM pg_stat_activity a LEFT JOIN locks k ON k.pid = a.pid
WHERE a.pid <> pg_backend_pid()
    AND (k.pid IS NOT NULL OR a.pid IN (SELECT blocker FROM waits))
    AND a.pid NOT IN (SELECT pid FROM waits)
ORDER BY 8 DESC, 9 DESC, 5 DESC NULLS LAST LIMIT 10

-- name: tableHealth
SELECT s.n_live_tup, s.n_dead_tup,
    (EXTRACT(EPOCH FROM GREATEST(s.last_vacuum, s.last_autovacuum)) * 1000)::bigint,
    (current_setting('autovacuum') = 'off' OR array_to_string(c.reloptions, ',')
        LIKE ANY (ARRAY['%autovacuum\_enabled=false%', '%autovacuum\_enabled=off%',
            '%autovacuum\_enabled=0%']))::int,
    pg_table_size(c.oid), c.relpages::bigint * current_setting('block_size')::int,
    GREATEST(c.reltuples, 0)::bigint,
    (SELECT SUM(p.avg_width) FROM pg_stats p
        WHERE p.schemaname = n.nspname AND p.tablename = c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
WHERE c.oid = to_regclass('{job}')
