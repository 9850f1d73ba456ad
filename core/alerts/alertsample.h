// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertrule.h"

#include <QDateTime>

#include <map>
#include <set>

namespace queuedeck::alerts {

/// Which figure a condition needs.
struct Figure
{
    Series series = Series::OldestPending;
    QString type = {}; ///< empty: all types
    std::chrono::seconds window{0};

    auto operator<=>(const Figure& other) const
    {
        if (const auto order = series <=> other.series; order != 0)
            return order;
        if (const int order = type.compare(other.type); order != 0)
            return order <=> 0;
        return window <=> other.window;
    }
    bool operator==(const Figure& other) const = default;
};

using Figures = std::set<Figure>;

/// The figure of a condition of a rule.
Figure figureOf(const Condition& condition, const QString& type);
/// How many finished in the window of a share.
Figure finishedOf(const Figure& share);
/// All that the rules that are on need.
Figures figuresOf(const Rules& rules);

/// What was seen of a queue at a moment. A figure that is not there is not known: then nothing
/// begins and nothing ends because of it.
struct Sample
{
    QDateTime at; ///< UTC, this computer's clock
    /// How long it had been so: a step of the history. 0 for a moment.
    std::chrono::milliseconds covers{0};
    std::map<Figure, double> values = {};

    std::optional<double> value(const Figure& figure) const
    {
        const auto found = values.find(figure);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    }
};

} // namespace queuedeck::alerts
