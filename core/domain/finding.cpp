// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/finding.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Error: return u"error"_s;
    case Severity::Warning: return u"warning"_s;
    case Severity::Note: break;
    }
    return u"note"_s;
}

QString actionWord(Remedy::Action action)
{
    switch (action) {
    case Remedy::Action::None: break;
    case Remedy::Action::ShowJobs: return u"show-jobs"_s;
    case Remedy::Action::Retry: return u"retry"_s;
    case Remedy::Action::Repair: return u"repair"_s;
    case Remedy::Action::StartEngine: return u"start-engine"_s;
    case Remedy::Action::ShowEngine: return u"show-engine"_s;
    case Remedy::Action::ClaudeKey: return u"claude-key"_s;
    case Remedy::Action::CopyStatement: return u"copy-statement"_s;
    }
    return {};
}

QString stateName(CheckOutcome::State state)
{
    using State = CheckOutcome::State;
    switch (state) {
    case State::Good: return u"good"_s;
    case State::Found: return u"found"_s;
    case State::Advice: return u"advice"_s;
    case State::Cut: return u"cut"_s;
    case State::NotAllowed: return u"not-allowed"_s;
    case State::Failed: break;
    }
    return u"failed"_s;
}

const Finding* Diagnosis::worst() const
{
    const auto found = std::find_if(findings.cbegin(), findings.cend(), [](const Finding& finding) {
        return finding.severity != Severity::Note;
    });
    return found == findings.cend() ? nullptr : &*found;
}

void sortByWeight(QVector<Finding>& findings)
{
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        return a.severity != b.severity ? a.severity < b.severity : a.explains > b.explains;
    });
}

} // namespace queuedeck::domain
