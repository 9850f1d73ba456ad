// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/diagnose.h"

#include "core/diagnosis/checks.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::ErrorKind;
using base::Sentence;
using domain::CheckOutcome;

namespace {
// What a check that could not be carried out comes to; nothing may be known about its subject then.
Verdict verdictOf(const base::Error& error)
{
    using State = CheckOutcome::State;
    switch (error.kind) {
    case ErrorKind::Timeout: return {State::Cut, Sentence::tr("took too long, not known")};
    case ErrorKind::Denied: return {State::NotAllowed, Sentence::tr("this user may not look")};
    default: return {State::Failed, error.detail};
    }
}

bool endsAll(const base::Error& error, const Ground& ground)
{
    // A file that somebody holds for a moment is no lost connection.
    return error.kind == ErrorKind::Cancelled ||
           (error.kind == ErrorKind::Unreachable && ground.isPostgres());
}

class Deadline
{
public:
    explicit Deadline(db::Connection& connection)
        : m_connection(connection)
        , m_before(connection.deadline())
    {
    }
    ~Deadline() { m_connection.setDeadline(m_before); }
    Q_DISABLE_COPY_MOVE(Deadline)

    void set(std::chrono::milliseconds deadline) { m_connection.setDeadline(deadline); }

private:
    db::Connection& m_connection;
    const std::chrono::milliseconds m_before;
};
} // namespace

base::Result<domain::Diagnosis> diagnose(store::JobStore& store, const Surroundings& around,
                                         const Limits& limits)
{
    QElapsedTimer took;
    took.start();
    Ground ground(store, around, limits);
    Deadline deadline(store.connection());
    domain::Diagnosis diagnosis;
    diagnosis.at = ground.now();
    for (const Check& check : allChecks()) {
        const std::chrono::milliseconds left =
            limits.all - std::chrono::milliseconds(took.elapsed());
        base::Result<Verdict> verdict = Verdict{};
        if (check.readsRows && ground.isLocked())
            verdict = Verdict{CheckOutcome::State::Cut, Sentence::tr("the table is locked")};
        else if (check.readsRows && left.count() <= 0)
            verdict = Verdict{CheckOutcome::State::Cut, Sentence::tr("no time was left")};
        else {
            deadline.set(std::clamp(left, std::chrono::milliseconds(50), limits.eachCheck));
            verdict = check.look(ground);
        }
        if (!verdict && endsAll(verdict.error(), ground))
            return verdict.error();
        if (!verdict)
            verdict = verdictOf(verdict.error());
        if (verdict->note.isEmpty()) // there is nothing of this kind here
            continue;
        diagnosis.checks.push_back({QString::fromLatin1(check.id), Sentence::tr(check.name),
                                    verdict->state, verdict->note});
        diagnosis.findings += verdict->findings;
    }
    domain::sortByWeight(diagnosis.findings);
    diagnosis.took = std::chrono::milliseconds(took.elapsed());
    return diagnosis;
}

} // namespace queuedeck::diagnosis
