// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"
#include "core/domain/jobrules.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
QString dropIndex(const Ground& ground, QString name)
{
    const QString schema = ground.shape().schema;
    return u"DROP INDEX CONCURRENTLY \"%1\".\"%2\";\n"_s.arg(
        QString(schema).replace(u'"', u"\"\""_s), name.replace(u'"', u"\"\""_s));
}

// Whether a node of PostgreSQL's plan reads the whole table.
bool scansAll(const QJsonObject& node)
{
    if (node[u"Node Type"_s].toString() == "Seq Scan"_L1)
        return true;
    const QJsonArray below = node[u"Plans"_s].toArray();
    return std::any_of(below.begin(), below.end(),
                       [](const QJsonValue& each) { return scansAll(each.toObject()); });
}

base::Result<bool> claimScansAll(Ground& ground)
{
    const auto plan = ground.ask(ground.sql().claimPlan, {{u"max"_s, domain::kMaxAttempts}});
    if (!plan)
        return plan.error();
    if (ground.isPostgres()) {
        QByteArray json;
        for (size_t i = 0; i < plan->size(); ++i)
            json += (*plan)[i].text(0).toUtf8() + '\n';
        return scansAll(QJsonDocument::fromJson(json).array()[0][u"Plan"_s].toObject());
    }
    for (size_t i = 0; i < plan->size(); ++i) {
        const QString step = (*plan)[i].text(3);
        if (step.startsWith("SCAN"_L1) && !step.contains("INDEX"_L1))
            return true;
    }
    return false;
}
} // namespace

base::Result<Verdict> checkClaimIndex(Ground& ground)
{
    if (!ground.shape().job.isPlain)
        return good(Sentence::tr("not a table"));
    const auto indexes = ground.ask(ground.sql().claimIndexes);
    if (!indexes)
        return indexes.error();
    const bool hasGood =
        !indexes->isEmpty() && (*indexes)[0].boolean(1) && (*indexes)[0].boolean(2);
    const bool isBroken = !indexes->isEmpty() && !(*indexes)[0].boolean(1);
    const auto rows = ground.ask(ground.sql().rowsUpTo, {{u"limit"_s, ground.limits().manyRows}});
    if (!rows)
        return rows.error();
    const qint64 jobs = (*rows)[0].integer(0);
    const bool isLarge = jobs >= ground.limits().manyRows;
    const auto scans = claimScansAll(ground);
    if (!scans)
        return scans.error();
    const QVector<domain::Fact> facts{
        {Sentence::tr("Rows"), amount(jobs, !isLarge), ground.table()},
        {Sentence::tr("Index on (status, createdAt)"),
         hasGood    ? Sentence((*indexes)[0].text(0))
         : isBroken ? Sentence::tr("%1, which is invalid").arg((*indexes)[0].text(0))
                    : Sentence::tr("none"),
         Sentence::tr("catalog")},
        {Sentence::tr("Plan of a claim"),
         *scans ? Sentence::tr("reads the whole table") : Sentence::tr("uses an index"),
         Sentence(u"EXPLAIN"_s)}};
    if (!hasGood) {
        const QString drop = isBroken ? dropIndex(ground, (*indexes)[0].text(0)) : QString();
        return found(
            {.id = u"no-index"_s,
             .severity = isLarge ? Severity::Warning : Severity::Note,
             .evidence =
                 isBroken
                     ? Sentence::tr("The index on (status, createdAt) of the table %1 is invalid.")
                           .arg(ground.table())
                     : Sentence::tr("The table %1 has no index on (status, createdAt).")
                           .arg(ground.table()),
             .cause = Sentence::tr("Every claim and every list reads the table as a whole, which "
                                   "gets slower with each job."),
             .facts = facts,
             .remedies = {{Sentence::tr("Have the owner of the database create the index; "
                                        "processing goes on meanwhile."),
                           Remedy::Action::CopyStatement}},
             .statement = drop + ground.filled(ground.sql().makeClaimIndex)},
            isBroken ? Sentence::tr("invalid") : Sentence::tr("none"));
    }
    // A small table is read as a whole for good reason.
    if (*scans && isLarge)
        return found(
            {.id = u"claim-plan"_s,
             .severity = Severity::Warning,
             .evidence =
                 Sentence::tr("A claim reads the whole table %1, although there is an index.")
                     .arg(ground.table()),
             .cause = Sentence::tr(
                 "The planner's statistics are out of date, or most rows are pending."),
             .facts = facts,
             .remedies = {{Sentence::tr("Have the statistics renewed; this locks nobody out."),
                           Remedy::Action::CopyStatement}},
             .statement = u"ANALYZE %1;"_s.arg(ground.quotedTable())},
            Sentence::tr("not used by the claim"));
    return good(*scans ? Sentence::tr("there; the table is small")
                       : Sentence::tr("used by the claim"));
}

} // namespace queuedeck::diagnosis
