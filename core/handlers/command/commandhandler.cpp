// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/command/commandhandler.h"

#include "core/domain/jsontext.h"
#include "core/handlers/command/commandrun.h"
#include "core/handlers/command/trustedcommand.h"

#include <QFile>
#include <QJsonDocument>

#include <cstring>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using engine::TaskResult;
using Why = CommandOutcome::Why;

namespace {
// The usual ones of <sysexits.h>: EX_TEMPFAIL and EX_DATAERR.
constexpr int kLater = 75;
constexpr int kNeverAgain = 65;

// Only these are passed on from our environment, which may hold addresses and keys.
std::vector<QByteArray> environmentFor(const engine::Task& task)
{
    std::vector<QByteArray> environment;
    for (const char* name : {"PATH", "HOME", "LANG", "TZ"}) {
        if (qEnvironmentVariableIsSet(name))
            environment.push_back(QByteArray(name) + '=' + qgetenv(name));
        else if (std::strcmp(name, "PATH") == 0)
            environment.push_back("PATH=/usr/local/bin:/usr/bin:/bin");
    }
    environment.push_back("QUEUEDECK_JOB_ID=" + task.id.value.toUtf8());
    environment.push_back("QUEUEDECK_ATTEMPT=" + QByteArray::number(task.attempt));
    return environment;
}

ChildPlan planFor(const CommandSpec& spec, TrustedCommand trusted, const engine::Task& task)
{
    ChildPlan plan;
    plan.program = std::move(trusted.program);
    plan.isScript = trusted.isScript;
    for (const QString& word : spec.command)
        plan.command.push_back(QFile::encodeName(word));
    plan.environment = environmentFor(task);
    plan.workingFolder = std::move(trusted.workingFolder);
    return plan;
}

QString withWords(const QString& what, const QString& said)
{
    return said.isEmpty() ? what : what + u": "_s + said;
}

// A program that writes anything else to its standard output, such as a log, returns nothing. An
// object that is too large is passed on to be replaced by the reason.
TaskResult completedWith(const QByteArray& output)
{
    TaskResult result = TaskResult::completed();
    const QByteArray text = output.trimmed();
    if (!text.startsWith('{'))
        return result;
    if (output.size() > TaskResult::kLargestResult) {
        result.result = output;
    } else if (const auto json = domain::parseJson(text, {}); json && json->isObject()) {
        result.result = text;
    }
    return result;
}

TaskResult resultFor(const CommandOutcome& outcome)
{
    const ChildEnd& end = outcome.end;
    const QString& said = outcome.said;
    if (end.wasSignalled)
        return TaskResult::failed(withWords(base::Sentence::tr("ended by signal %1 (%2)")
                                                .arg(end.code)
                                                .arg(QString::fromLocal8Bit(::strsignal(end.code))),
                                            said));
    switch (end.code) {
    case 0: return completedWith(outcome.output);
    case kLater:
        return TaskResult::postponed(
            said.isEmpty() ? base::Sentence::tr("It asked to be run later.") : said);
    case kNeverAgain: return TaskResult::unrecoverable(said.isEmpty() ? u"exit code 65"_s : said);
    default: return TaskResult::failed(withWords(u"exit code %1"_s.arg(end.code), said));
    }
}
} // namespace

CommandHandler::CommandHandler(CommandSpec spec, std::chrono::milliseconds patience)
    : m_spec(std::move(spec))
    , m_patience(patience)
{
}

TaskResult CommandHandler::run(const engine::Task& task)
{
    // Checked again: permissions may have been loosened since the file was read. This costs no
    // attempt, since it is not the job's fault.
    auto trusted = openCommand(m_spec.command, m_spec.workingFolder);
    if (!trusted)
        return TaskResult::postponed(base::Sentence::tr("%1 is not started: %2")
                                         .arg(m_spec.command.first(), trusted.error().detail));
    auto child = ChildProcess::start(planFor(m_spec, std::move(*trusted), task));
    if (!child) {
        const base::Sentence why = base::Sentence::tr("%1 cannot be started: %2")
                                       .arg(m_spec.command.first(), child.error().detail);
        return child.error().kind == base::ErrorKind::Unreachable ? TaskResult::postponed(why)
                                                                  : TaskResult::failed(why);
    }
    const QByteArray input = task.payloadText + '\n';
    const CommandOutcome outcome =
        runToEnd(*child, input, {m_spec.timeout, m_patience}, task.stop, task.progress);
    switch (outcome.why) {
    case Why::Stopped:
        return TaskResult::postponed(base::Sentence::tr("It was stopped before it had ended."));
    case Why::TimedOut:
        return TaskResult::failed(withWords(
            base::Sentence::tr("not done after %1 s and ended").arg(m_spec.timeout.count()),
            outcome.said));
    case Why::Ended: break;
    }
    return resultFor(outcome);
}

} // namespace queuedeck::handlers
