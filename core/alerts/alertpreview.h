// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertmachine.h"
#include "core/domain/history.h"

namespace queuedeck::alerts {

/// What a rule would have done in a recorded history.
struct AlertPreview
{
    struct Outage
    {
        QDateTime began;      ///< UTC; the step in which it would have been told
        QDateTime ended = {}; ///< invalid: it would still be on
        double peak = 0;

        bool isOn() const { return !ended.isValid(); }
    };
    QVector<Outage> outages; ///< the oldest first
    /// The first condition's figure, a step each; none: not known.
    QVector<std::pair<QDateTime, std::optional<double>>> curve = {};
    std::chrono::seconds watched{0}; ///< how much of the history is recorded
    base::Sentence whyNot = {};      ///< why it cannot be tried out; empty if it can
};

/// Tries a rule out: the same machine that watches, on the steps of the history. `history` is of
/// the rule's type. Pure.
AlertPreview previewOf(const Rule& rule, const domain::History& history);

} // namespace queuedeck::alerts
