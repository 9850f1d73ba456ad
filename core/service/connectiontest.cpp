// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/connectiontest.h"

#include "core/service/encryption.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Sentence;
using Result = TestStep::Result;

namespace {
enum Step { Address, Reached, Encrypted, SignedIn, Table };

Sentence titleOf(Step step)
{
    switch (step) {
    case Address: return Sentence::tr("Address");
    case Reached: return Sentence::tr("Reached");
    case Encrypted: return Sentence::tr("Encrypted");
    case SignedIn: return Sentence::tr("Signed in");
    case Table: break;
    }
    return Sentence::tr("Table Job");
}

// That encryption failed is told by the words of the database's own library only.
Step failedStep(const base::Error& error)
{
    if (error.detail.contains("secure connection"_L1) ||
        error.detail.contains("certificate"_L1, Qt::CaseInsensitive))
        return Encrypted;
    switch (error.kind) {
    case ErrorKind::Invalid:
    case ErrorKind::Unsupported: return Address;
    case ErrorKind::NotFound: return Table;
    case ErrorKind::Denied: return SignedIn;
    default: break;
    }
    return Reached;
}

QVector<TestStep> afterFailure(const QString& address, const base::Error& error)
{
    const bool isServer = encryptionOf(address).has_value();
    const Step failed = failedStep(error);
    QVector<TestStep> steps{{Result::Failed, titleOf(failed), error.detail}};
    for (const Step step : {Address, Reached, Encrypted, SignedIn, Table}) {
        if (step == failed || (!isServer && (step == Encrypted || step == SignedIn)))
            continue;
        steps += TestStep{step < failed ? Result::Good : Result::NotTried, titleOf(step),
                          step < failed ? Sentence() : Sentence::tr("not tried")};
    }
    return steps;
}

TestStep encryptionStep(Encryption encryption)
{
    switch (encryption) {
    case Encryption::Full:
    case Encryption::FullOwn:
        return {Result::Good, titleOf(Encrypted), Sentence::tr("certificate and host name agree")};
    case Encryption::Unchecked:
        return {Result::Doubtful, titleOf(Encrypted),
                Sentence::tr("yes, but who answers was not checked")};
    case Encryption::WhereOffered:
        return {Result::Doubtful, titleOf(Encrypted),
                Sentence::tr("only if the server offers it, and who answers was not checked")};
    case Encryption::None: break;
    }
    return {Result::Doubtful, Sentence::tr("Not encrypted"),
            Sentence::tr("everybody on the way can read the password and the jobs")};
}

Sentence rights(const Survey& survey)
{
    if (!survey.changesOff.isEmpty())
        return survey.enqueueOff.isEmpty() ? Sentence::tr("read and add") : Sentence::tr("read");
    if (!survey.deleteOff.isEmpty())
        return survey.enqueueOff.isEmpty() ? Sentence::tr("read, add and change")
                                           : Sentence::tr("read and change");
    return survey.enqueueOff.isEmpty() ? Sentence::tr("read, add, change and delete")
                                       : Sentence::tr("read, change and delete");
}

TestStep modeStep(const Survey& survey)
{
    if (!survey.hasCompanions)
        return {Result::Notable, Sentence::tr("Guest"),
                Sentence::tr("Queuedeck has no tables here: no history, no undo")};
    if (survey.mode == domain::QueueMode::Own)
        return {Result::Good, Sentence::tr("Own"), Sentence::tr("a queue made by Queuedeck")};
    return {Result::Good, Sentence::tr("Beside"),
            Sentence::tr("another application's, with Queuedeck's tables beside it")};
}
} // namespace

QVector<TestStep> testSteps(const QString& address, const base::Result<Survey>& found)
{
    if (!found)
        return afterFailure(address, found.error());
    const Survey& survey = *found;
    QVector<TestStep> steps;
    steps += {Result::Good, titleOf(Reached),
              Sentence::tr("%1 ms, %2").arg(qint64(survey.took.count()), survey.server)};
    if (const auto encryption = encryptionOf(address))
        steps += encryptionStep(*encryption);
    if (!survey.user.isEmpty())
        steps += {Result::Good, titleOf(SignedIn),
                  survey.hasJob ? Sentence::tr("as %1: %2").arg(survey.user, rights(survey))
                                : Sentence::tr("as %1").arg(survey.user)};
    if (survey.isPooled && !survey.isFile)
        steps += {Result::Notable, Sentence::tr("Through a pooler"),
                  Sentence::tr("no notices; Queuedeck looks for changes itself")};
    if (!survey.hasJob) {
        steps.prepend({Result::Failed, titleOf(Table),
                       survey.notes.isEmpty()
                           ? Sentence::tr("not in this database and schema, as far as this user "
                                          "may see")
                           : survey.notes.first()});
        return steps;
    }
    steps += {Result::Good, titleOf(Table), Sentence::tr("found, with the columns it needs")};
    if (!survey.changesOff.isEmpty())
        steps += {Result::Doubtful, Sentence::tr("Viewing only"), survey.changesOff};
    if (!survey.enqueueOff.isEmpty())
        steps += {Result::Doubtful, Sentence::tr("No new jobs"), survey.enqueueOff};
    if (!survey.deleteOff.isEmpty())
        steps += {Result::Doubtful, Sentence::tr("No deleting"), survey.deleteOff};
    steps += modeStep(survey);
    for (const Sentence& note : survey.notes)
        steps += {Result::Notable, Sentence::tr("Worth knowing"), note};
    return steps;
}

} // namespace queuedeck::service
