// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
Sentence sessionText(const db::Rows::Row& row)
{
    const QString application = row.text(2);
    return Sentence::tr("process %1, %2").arg(row.text(0), row.text(1)) +
           (application.isEmpty() ? Sentence() : Sentence(u", "_s + application));
}

QVector<domain::Fact> factsOf(const db::Rows& rows)
{
    QVector<domain::Fact> facts;
    const Sentence source = Sentence(u"pg_stat_activity"_s);
    for (size_t i = 0; i < rows.size(); ++i) {
        const db::Rows::Row row = rows[i];
        facts.push_back({sessionText(row),
                         row.isNull(4)
                             ? Sentence::tr("its transaction is hidden from this user")
                             : Sentence::tr("%1, in a transaction for %2")
                                   .arg(row.text(3), span(std::chrono::seconds(row.integer(4)))),
                         source});
        if (!row.text(5).isEmpty())
            facts.push_back({Sentence::tr("Its statement"), row.text(5), source});
    }
    return facts;
}

QString terminate(const db::Rows::Row& row)
{
    return u"SELECT pg_terminate_backend(%1);"_s.arg(row.integer(0));
}
} // namespace

base::Result<Verdict> checkBlockers(Ground& ground)
{
    if (!ground.isPostgres())
        return Verdict{};
    const auto rows = ground.ask(ground.server().blockers);
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return good(Sentence::tr("none"));
    const db::Rows::Row first = (*rows)[0];
    const bool holdsTable = !first.isNull(6);
    const bool isWhole = first.boolean(7);
    if (isWhole)
        ground.setLocked();
    Finding finding{
        .id = u"blocked"_s,
        .severity = holdsTable ? Severity::Error : Severity::Warning,
        .evidence =
            isWhole ? Sentence::tr("Another session has locked the table %1.").arg(ground.table())
            : holdsTable
                ? Sentence::tr("Another session keeps everyone from changing the table %1.")
                      .arg(ground.table())
                : Sentence::tr("Another session makes %1 wait.").arg(first.integer(8)),
        .cause = isWhole
                     ? Sentence::tr("Nobody can read it or take a job until that transaction ends.")
                 : holdsTable
                     ? Sentence::tr("No job can be taken or finished until that transaction ends.")
                     : Sentence::tr("It holds rows or locks that others need, and its transaction "
                                    "is still open."),
        .facts = factsOf(*rows),
        .remedies = {{Sentence::tr("Have that program end its transaction.")},
                     {Sentence::tr("If it does not, the owner of the database can end the session; "
                                   "what it has not committed is lost."),
                      Remedy::Action::CopyStatement}},
        .statement = terminate(first),
        .count = qint64(rows->size())};
    if (holdsTable)
        finding.explains = isWhole            ? Waiting::kMost // as many as there may be
                           : ground.waiting() ? ground.waiting()->jobs
                                              : 0;
    return found(finding, Sentence::tr("process %1").arg(first.text(0)));
}

base::Result<Verdict> checkLongTransactions(Ground& ground)
{
    if (!ground.isPostgres())
        return Verdict{};
    const auto sessions = ground.ask(ground.server().sessions);
    if (!sessions)
        return sessions.error();
    const qint64 hidden = (*sessions)[0].integer(6);
    const auto rows = ground.ask(ground.server().longTransactions,
                                 {{u"seconds"_s, qint64(ground.limits().longTransaction.count())}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty() && hidden > 0)
        return notAllowed(
            Sentence::tr("%L1 sessions of other users are hidden from this user").arg(hidden));
    if (rows->isEmpty())
        return good(Sentence::tr("none longer than %1").arg(span(ground.limits().longTransaction)));
    const db::Rows::Row first = (*rows)[0];
    const Sentence age = span(std::chrono::seconds(first.integer(4)));
    return found(
        {.id = u"long-transaction"_s,
         .severity = Severity::Warning,
         .evidence = Sentence::tr("A transaction has been open for %1.").arg(age),
         .cause =
             Sentence::tr("Jobs it has locked cannot be taken, and dead rows cannot be removed "
                          "while it is open, so that every claim gets slower."),
         .facts = factsOf(*rows),
         .remedies = {{Sentence::tr("Have that program end its transaction.")},
                      {Sentence::tr(
                           "If it does not, the owner of the database can end the session; "
                           "what it has not committed is lost."),
                       Remedy::Action::CopyStatement}},
         .statement = terminate(first),
         .count = qint64(rows->size())},
        Sentence::tr("longest %1").arg(age));
}

} // namespace queuedeck::diagnosis
