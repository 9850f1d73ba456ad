// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <optional>

namespace queuedeck::engine {

/// Why an engine stopped by itself: so many attempts failed one after the other.
struct Halt
{
    int failures = 0;
    QString type; ///< of the last one
    QString error;
};

/// What an engine has done.
struct EngineReport
{
    int completed = 0;
    int failed = 0;    ///< attempts that failed, retried or not
    int released = 0;  ///< handed back without a spent attempt
    int overtaken = 0; ///< results refused: the job was not ours any more
    int yielded = 0;   ///< claimed, and taken by another processor before they began
    int unsettled = 0; ///< run, and what came of it was refused or could not be written
    std::optional<Halt> halt = std::nullopt;
};

/// A line for people about what an engine does.
using OnEvent = std::function<void(const QString&)>;

} // namespace queuedeck::engine
