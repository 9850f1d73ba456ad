// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagnostics/findingwords.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::CheckOutcome;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
QString tr(const char* text)
{
    return QCoreApplication::translate("FindingWords", text);
}
} // namespace

Look lookOf(Severity severity, bool isFirst)
{
    switch (severity) {
    case Severity::Error:
        return {Icon::MarkFailed, Color::Failed,
                isFirst ? tr(QT_TRANSLATE_NOOP("FindingWords", "Top cause"))
                        : tr(QT_TRANSLATE_NOOP("FindingWords", "Error"))};
    case Severity::Warning:
        return {Icon::Warning, Color::Stuck,
                isFirst ? tr(QT_TRANSLATE_NOOP("FindingWords", "Top cause"))
                        : tr(QT_TRANSLATE_NOOP("FindingWords", "Warning"))};
    case Severity::Note: break;
    }
    return {Icon::Info, Color::Link, tr(QT_TRANSLATE_NOOP("FindingWords", "Note"))};
}

Look lookOf(CheckOutcome::State state)
{
    using State = CheckOutcome::State;
    switch (state) {
    case State::Good:
        return {Icon::Check, Color::Completed,
                tr(QT_TRANSLATE_NOOP("FindingWords", "Nothing found"))};
    case State::Found:
        return {Icon::Warning, Color::Stuck, tr(QT_TRANSLATE_NOOP("FindingWords", "Found"))};
    case State::Advice:
        return {Icon::Info, Color::Link, tr(QT_TRANSLATE_NOOP("FindingWords", "Worth knowing"))};
    case State::Cut:
        return {Icon::Clock, Color::Muted,
                tr(QT_TRANSLATE_NOOP("FindingWords", "Not known: out of time"))};
    case State::NotAllowed:
        return {Icon::Lock, Color::Muted,
                tr(QT_TRANSLATE_NOOP("FindingWords", "Not known: not allowed"))};
    case State::Failed: break;
    }
    return {Icon::Warning, Color::Muted,
            tr(QT_TRANSLATE_NOOP("FindingWords", "Not known: it failed"))};
}

QString buttonText(Remedy::Action action)
{
    switch (action) {
    case Remedy::Action::None: break;
    case Remedy::Action::ShowJobs: return tr(QT_TRANSLATE_NOOP("FindingWords", "Show Jobs"));
    case Remedy::Action::Retry: return tr(QT_TRANSLATE_NOOP("FindingWords", "Retry All…"));
    case Remedy::Action::Repair: return tr(QT_TRANSLATE_NOOP("FindingWords", "Repair All…"));
    case Remedy::Action::StartEngine: return tr(QT_TRANSLATE_NOOP("FindingWords", "Start Engine"));
    case Remedy::Action::ShowEngine: return tr(QT_TRANSLATE_NOOP("FindingWords", "Show Engine"));
    case Remedy::Action::ClaudeKey: return tr(QT_TRANSLATE_NOOP("FindingWords", "Claude Key…"));
    case Remedy::Action::CopyStatement:
        return tr(QT_TRANSLATE_NOOP("FindingWords", "Copy Statement"));
    }
    return {};
}

Icon buttonIcon(Remedy::Action action)
{
    switch (action) {
    case Remedy::Action::Retry: return Icon::Retry;
    case Remedy::Action::Repair: return Icon::Edit;
    case Remedy::Action::StartEngine: return Icon::Play;
    case Remedy::Action::ShowEngine: return Icon::Engine;
    case Remedy::Action::ClaudeKey: return Icon::Key;
    case Remedy::Action::CopyStatement: return Icon::Copy;
    case Remedy::Action::None:
    case Remedy::Action::ShowJobs: break;
    }
    return Icon::Jobs;
}

QString reportText(const domain::Diagnosis& diagnosis)
{
    QStringList lines{tr(QT_TRANSLATE_NOOP("FindingWords", "Diagnosis of %1 UTC"))
                          .arg(diagnosis.at.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s)),
                      {}};
    for (const Finding& finding : diagnosis.findings) {
        lines += u"[%1] %2"_s.arg(finding.id, finding.evidence.translated());
        lines += u"  "_s + finding.cause.translated();
        for (const domain::Fact& fact : finding.facts)
            lines += u"  - %1: %2 (%3)"_s.arg(fact.what.translated(), fact.found.translated(),
                                              fact.source.translated());
        for (const Remedy& remedy : finding.remedies)
            lines += u"  → "_s + remedy.text.translated();
        if (!finding.statement.isEmpty())
            lines += u"  "_s + QString(finding.statement).replace(u'\n', u"\n  "_s);
        lines += QString();
    }
    for (const CheckOutcome& check : diagnosis.checks)
        lines += u"%1: %2 (%3)"_s.arg(check.name.translated(), check.note.translated(),
                                      lookOf(check.state).word);
    return lines.join(u'\n') + u'\n';
}

} // namespace queuedeck::ui
