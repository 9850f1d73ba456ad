// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/audit.h"

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

const Audit& postgresAudit()
{
    static const Audit audit{
        .make =
            {uR"(CREATE SCHEMA audit)"_s,
             uR"(CREATE TABLE audit.move (seq bigserial, job text, before text, after text, ours boolean))"_s,
             uR"(CREATE TABLE audit.claim (seq bigint DEFAULT nextval('audit.move_seq_seq'), job text, token text))"_s,
             uR"(CREATE TABLE audit.settled (seq bigint DEFAULT nextval('audit.move_seq_seq'), job text, token text, outcome text))"_s,
             uR"(CREATE TABLE audit.rescue (late interval))"_s,
             uR"(CREATE FUNCTION audit.moved() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN
  IF OLD.status IS DISTINCT FROM NEW.status OR OLD.attempts IS DISTINCT FROM NEW.attempts THEN
    INSERT INTO audit.move (job, before, after, ours) VALUES (NEW.id::text, OLD.status, NEW.status,
      EXISTS (SELECT 1 FROM pg_stat_activity WHERE pid = pg_backend_pid() AND application_name LIKE 'queuedeck/%'));
  END IF; RETURN NULL; END $f$)"_s,
             uR"(CREATE TRIGGER audit AFTER UPDATE ON "Job" FOR EACH ROW EXECUTE FUNCTION audit.moved())"_s,
             uR"(CREATE FUNCTION audit.claimed() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN
  INSERT INTO audit.claim (job, token) SELECT unnest(NEW.job_ids), NEW.token; RETURN NULL; END $f$)"_s,
             uR"(CREATE TRIGGER audit AFTER INSERT ON queuedeck.lease FOR EACH ROW EXECUTE FUNCTION audit.claimed())"_s,
             uR"(CREATE FUNCTION audit.ended() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN
  IF OLD.expires_at < clock_timestamp() THEN
    INSERT INTO audit.rescue VALUES (clock_timestamp() - OLD.expires_at); END IF; RETURN NULL; END $f$)"_s,
             uR"(CREATE TRIGGER audit_end AFTER DELETE ON queuedeck.lease FOR EACH ROW EXECUTE FUNCTION audit.ended())"_s,
             uR"(CREATE FUNCTION audit.settling() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN
  INSERT INTO audit.settled (job, token, outcome) VALUES (NEW.job_id, NEW.token, NEW.outcome);
  RETURN NULL; END $f$)"_s,
             uR"(CREATE TRIGGER audit AFTER INSERT ON queuedeck.attempt FOR EACH ROW EXECUTE FUNCTION audit.settling())"_s},
        // The web application may write anything; a settlement is one of ours.
        .settledTwice =
            u"SELECT COUNT(*) FROM (SELECT job, token FROM audit.settled GROUP BY job, token "
            "HAVING COUNT(*) > 1 UNION ALL SELECT job, '' FROM audit.settled "
            "WHERE outcome = 'completed' GROUP BY job HAVING COUNT(*) > 1) x"_s,
        .reentered =
            u"SELECT COUNT(*) FROM audit.move WHERE ours AND before IN ('completed', 'failed')"_s,
        .stale =
            u"SELECT COUNT(*) FROM audit.settled s WHERE s.token IS DISTINCT FROM (SELECT c.token "
            "FROM audit.claim c WHERE c.job = s.job AND c.seq < s.seq ORDER BY c.seq DESC LIMIT 1)"_s,
        .leaked = u"SELECT COUNT(*) FROM queuedeck.lease"_s,
        .lateSeconds = u"SELECT COALESCE(MAX(EXTRACT(EPOCH FROM late)), 0) FROM audit.rescue"_s,
        .written = u"SELECT COUNT(*) FROM audit.settled WHERE outcome IN ('completed', 'failed', "
                   "'retried')"_s,
        .lost = u"SELECT COUNT(*) FROM audit.settled WHERE outcome = 'lost'"_s};
    return audit;
}

const Audit& sqliteAudit()
{
    static const Audit audit{
        .make =
            {uR"(CREATE TABLE audit (seq INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT, job TEXT,
                claim INTEGER, note))"_s,
             u"CREATE INDEX audit_job ON audit (job, what, seq)"_s,
             uR"(CREATE TRIGGER audit_move AFTER UPDATE ON "Job" WHEN OLD.status IS NOT NEW.status BEGIN
                INSERT INTO audit (what, job, note) VALUES ('move', NEW.id, OLD.status); END)"_s,
             uR"(CREATE TRIGGER audit_claim AFTER INSERT ON queuedeck_batch BEGIN
                INSERT INTO audit (what, job, claim) SELECT 'claim', key, NEW.claim
                FROM json_each(NEW.jobs); END)"_s,
             uR"(CREATE TRIGGER audit_settled AFTER INSERT ON queuedeck_attempt BEGIN
                INSERT INTO audit (what, job, claim, note)
                VALUES ('settled', NEW.job_id, NEW.claim, NEW.outcome); END)"_s,
             // A result that the row refuses is removed from the history in the same transaction.
             uR"(CREATE TRIGGER audit_refused AFTER DELETE ON queuedeck_attempt BEGIN
                DELETE FROM audit WHERE what = 'settled' AND job = OLD.job_id
                AND claim = OLD.claim; END)"_s,
             uR"(CREATE TRIGGER audit_end AFTER DELETE ON queuedeck_batch BEGIN
                INSERT INTO audit (what, claim, note) SELECT 'late', OLD.claim,
                (julianday('now') - 2440587.5) * 86400 - expires_at / 1000.0
                FROM queuedeck_claim WHERE id = OLD.claim; END)"_s},
        .settledTwice =
            u"SELECT COUNT(*) FROM (SELECT job, claim FROM audit WHERE what = 'settled' "
            "GROUP BY job, claim HAVING COUNT(*) > 1 UNION ALL SELECT job, '' FROM audit "
            "WHERE what = 'settled' AND note = 'completed' GROUP BY job HAVING COUNT(*) > 1)"_s,
        .reentered = u"SELECT COUNT(*) FROM audit WHERE what = 'move' "
                     "AND note IN ('completed', 'failed')"_s,
        .stale =
            u"SELECT COUNT(*) FROM audit s WHERE s.what = 'settled' AND s.claim IS NOT (SELECT "
            "c.claim FROM audit c WHERE c.what = 'claim' AND c.job = s.job AND c.seq < s.seq "
            "ORDER BY c.seq DESC LIMIT 1)"_s,
        .leaked = u"SELECT (SELECT COUNT(*) FROM queuedeck_batch) + "
                  "(SELECT COUNT(*) FROM queuedeck_lost)"_s,
        .lateSeconds = u"SELECT MAX(0, COALESCE(MAX(note), 0)) FROM audit WHERE what = 'late'"_s,
        .written = u"SELECT COUNT(*) FROM audit WHERE what = 'settled' AND note IN ('completed', "
                   "'failed', 'retried')"_s,
        .lost = u"SELECT COUNT(*) FROM audit WHERE what = 'settled' AND note = 'lost'"_s};
    return audit;
}

} // namespace queuedeck::chaos
