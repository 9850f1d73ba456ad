// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/counted.h"
#include "core/diagnosis/checks.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
using Handler = Surroundings::Handler;

const Handler* handlerOf(const Surroundings& around, const QString& type)
{
    const auto handler = std::find_if(around.handlers.cbegin(), around.handlers.cend(),
                                      [&](const Handler& each) { return each.type == type; });
    return handler == around.handlers.cend() ? nullptr : &*handler;
}

QString typeFilter(const QString& type)
{
    return u"status:pending -is:dead type:\"%1\""_s.arg(QString(type).replace(u'"', u"\\\""_s));
}

// Whether another processor may still take it: then it is only odd if that does not happen.
bool isLeftToOthers(Ground& ground, const Waiting::Type& type)
{
    return ground.isShared() && type.oldest.isValid() &&
           type.oldest.secsTo(ground.now()) < ground.limits().waitsTooLong.count();
}

Finding unrun(Ground& ground, const QString& name, const Waiting::Type& type, const QString& id,
              const Sentence& evidence, const Sentence& cause)
{
    return {.id = id,
            .severity = ground.isShared() ? Severity::Warning : Severity::Error,
            .evidence = evidence,
            .cause = cause,
            .facts = {{Sentence::tr("Pending of this type"), amount(type.jobs),
                       ground.table() + u", type"_s},
                      {Sentence::tr("The oldest waits for"), since(type.oldest, ground.now()),
                       ground.table() + u", createdAt"_s}},
            .remedies = {},
            .filter = typeFilter(name),
            .count = type.jobs,
            .explains = type.jobs};
}
} // namespace

base::Result<Verdict> checkHandlers(Ground& ground)
{
    const auto waiting = ground.waiting();
    if (!waiting)
        return waiting.error();
    Verdict verdict;
    for (auto type = waiting->types.cbegin(); type != waiting->types.cend(); ++type) {
        const Handler* handler = handlerOf(ground.around(), type.key());
        const bool isRun = handler && handler->problem.isEmpty();
        if (isRun || isLeftToOthers(ground, *type) ||
            ground.around().missingKeys.contains(type.key()))
            continue;
        const Sentence jobs = type->jobs == 1
                                  ? Sentence::tr("Its 1 job stays pending.")
                                  : Sentence::tr("Its %L1 jobs stay pending.").arg(type->jobs);
        Finding finding =
            unrun(ground, type.key(), *type, handler ? u"handler-unusable"_s : u"no-handler"_s,
                  Sentence::tr("%1 has no handler here. %2").arg(type.key(), jobs),
                  handler ? handler->problem
                  : ground.isShared()
                      ? Sentence::tr(
                            "Only the web application can run this type, and it has not done so.")
                      : Sentence::tr("No processor that works on this queue can run this type."));
        finding.remedies = {{handler
                                 ? Sentence::tr("Correct the file in handlers.d.")
                                 : Sentence::tr("Add a handler: a file %1.json in handlers.d names "
                                                "the program that runs such jobs.")
                                       .arg(type.key()),
                             Remedy::Action::ShowEngine},
                            {Sentence::tr("Look at the jobs."), Remedy::Action::ShowJobs}};
        verdict.findings += finding;
    }
    // What runs nothing at all is worth a word even while nothing waits for it.
    for (const Handler& handler : ground.around().handlers) {
        if (handler.problem.isEmpty() || handler.isBuiltIn || waiting->types.contains(handler.type))
            continue;
        verdict.findings += Finding{
            .id = u"handler-unusable"_s,
            .severity = Severity::Note,
            .evidence = handler.type.isEmpty()
                            ? Sentence::tr("The folder handlers.d is not used.")
                            : Sentence::tr("%1.json in handlers.d is not used.").arg(handler.type),
            .cause = handler.problem,
            .remedies = {{Sentence::tr("Correct it."), Remedy::Action::ShowEngine}}};
    }
    verdict.note = waiting->types.isEmpty()     ? Sentence::tr("nothing is pending")
                   : verdict.findings.isEmpty() ? Sentence::tr("all that is pending")
                                                : verdict.findings.front().evidence;
    if (!verdict.findings.isEmpty())
        verdict.state = domain::CheckOutcome::State::Found;
    return verdict;
}

base::Result<Verdict> checkKeys(Ground& ground)
{
    const auto& missing = ground.around().missingKeys;
    if (missing.isEmpty())
        return good(Sentence::tr("none is missing"));
    const auto waiting = ground.waiting();
    if (!waiting)
        return waiting.error();
    Verdict verdict;
    for (auto key = missing.cbegin(); key != missing.cend(); ++key) {
        const auto type = waiting->types.constFind(key.key());
        if (type == waiting->types.cend() || isLeftToOthers(ground, *type))
            continue;
        Finding finding =
            unrun(ground, key.key(), *type, u"key-missing"_s,
                  type->jobs == 1
                      ? Sentence::tr("1 job of %1 waits for a key.").arg(key.key())
                      : Sentence::tr("%L1 jobs of %2 wait for a key.").arg(type->jobs, key.key()),
                  *key);
        finding.remedies = {{Sentence::tr("Set the key: it goes to the keychain of this computer."),
                             Remedy::Action::ClaudeKey},
                            {Sentence::tr("Look at the jobs."), Remedy::Action::ShowJobs}};
        verdict.findings += finding;
    }
    verdict.note = Sentence::tr("missing for %1").arg(QStringList(missing.keys()).join(u", "_s));
    verdict.state = verdict.findings.isEmpty() ? domain::CheckOutcome::State::Advice
                                               : domain::CheckOutcome::State::Found;
    return verdict;
}

} // namespace queuedeck::diagnosis
