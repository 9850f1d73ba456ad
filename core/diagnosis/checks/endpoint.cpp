// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"
#include "core/domain/jobrules.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
using base::ErrorKind;

Finding refused(Ground& ground, const base::Error& error)
{
    const bool isKey = error.kind == ErrorKind::Denied;
    const auto waiting = ground.isLocked() ? base::Result<Waiting>(Waiting()) : ground.waiting();
    return {.id = isKey ? u"endpoint-key"_s : u"endpoint-unreachable"_s,
            .severity = Severity::Error,
            .evidence = error.detail,
            .cause =
                isKey
                    ? Sentence::tr("Calls by a schedule or by Process Now are refused in the same "
                                   "way, so they process nothing.")
                    : Sentence::tr("What calls it, such as a cron job, gets no further either."),
            .facts = {{Sentence::tr("Answer to a GET"), error.detail, Sentence::tr("endpoint")}},
            .remedies = {{isKey ? Sentence::tr("Set the key that the web application has as "
                                               "JOB_PROCESSOR_API_KEY.")
                                : Sentence::tr(
                                      "Check the address, and whether the web application runs."),
                          Remedy::Action::ShowEngine}},
            .explains = ground.isShared() && waiting ? waiting->jobs : 0};
}

// How many of the jobs that the endpoint names are rows here.
base::Result<qint64> knownHere(Ground& ground, const QVector<domain::JobId>& jobs)
{
    const auto contents = ground.store().jobs.contents(jobs);
    if (!contents)
        return contents.error();
    return qint64(contents->size());
}
} // namespace

base::Result<Verdict> checkEndpoint(Ground& ground)
{
    if (!ground.around().endpoint)
        return Verdict{};
    const auto answer = ground.around().endpoint(QDeadlineTimer(ground.limits().endpoint));
    if (!answer && answer.error().kind == ErrorKind::Timeout)
        return Verdict{domain::CheckOutcome::State::Cut,
                       Sentence::tr("has not answered yet; not known")};
    if (!answer && answer.error().kind == ErrorKind::Cancelled)
        return Verdict{domain::CheckOutcome::State::Cut, Sentence::tr("was not asked to the end")};
    if (!answer) {
        const Finding finding = refused(ground, answer.error());
        return found(finding, answer.error().kind == ErrorKind::Denied
                                  ? Sentence::tr("refuses the key")
                                  : Sentence::tr("does not answer as it should"));
    }
    if (answer->jobs.isEmpty() || ground.isLocked()) {
        const auto waiting =
            ground.isLocked() ? base::Result<Waiting>(Waiting()) : ground.waiting();
        if (!waiting)
            return waiting.error();
        if (waiting->jobs == 0 || ground.isLocked())
            return good(Sentence::tr("answers, key accepted, nothing pending"));
    }
    QVector<domain::JobId> jobs;
    for (const domain::JobId& id : answer->jobs) {
        constexpr int kEnough = 20;
        if (jobs.size() < kEnough)
            jobs += id;
    }
    const auto known = knownHere(ground, jobs);
    if (!known)
        return known.error();
    const auto waiting = ground.waiting();
    if (!waiting)
        return waiting.error();
    // A job may be finished and deleted in between, but not all of them.
    const bool isElsewhere = *known * 2 < jobs.size() || (jobs.isEmpty() && waiting->jobs > 0);
    if (!isElsewhere)
        return good(Sentence::tr("answers, key accepted, same database"));
    return found(
        {.id = u"endpoint-other-database"_s,
         .severity = Severity::Error,
         .evidence =
             jobs.isEmpty()
                 ? Sentence::tr("The endpoint sees no pending job, but %1 are pending here.")
                       .arg(amount(waiting->jobs, waiting->isExact))
                 : Sentence::tr("Of %L1 jobs that the endpoint names, %L2 are here.")
                       .arg(qint64(jobs.size()), *known),
         .cause =
             Sentence::tr("The endpoint works on another database, schema or table than this one. "
                          "Calling it processes nothing here."),
         .facts = {{Sentence::tr("Pending there"), amount(answer->pending, !answer->isCapped),
                    Sentence::tr("endpoint")},
                   {Sentence::tr("Pending here"), amount(waiting->jobs, waiting->isExact),
                    ground.table() + u", status"_s}},
         .remedies = {{Sentence::tr(
                           "Compare the DATABASE_URL of the web application with this connection."),
                       Remedy::Action::ShowEngine}},
         .explains = waiting->jobs},
        Sentence::tr("another database"));
}

// Nothing that can be found out from here, and worth knowing where the web application runs too.
base::Result<Verdict> checkAdminRoutes(Ground& ground)
{
    if (!ground.isShared())
        return Verdict{};
    return advice(
        Sentence::tr("cannot be seen from here: make sure that they ask for a sign-in, since "
                     "the application's own do not"));
}

} // namespace queuedeck::diagnosis
