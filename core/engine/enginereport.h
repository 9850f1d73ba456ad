// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <optional>

namespace queuedeck::engine {

/// Why an engine stopped by itself: too many attempts failed in a row.
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
    int released = 0;  ///< handed back without using up an attempt
    int overtaken = 0; ///< results rejected: the job was no longer ours
    int yielded = 0;   ///< claimed, but taken by another processor before they started
    int unsettled = 0; ///< run, but the result was rejected or could not be written
    std::optional<Halt> halt = std::nullopt;
};

/// Gets a line, for people, about what an engine does.
using OnEvent = std::function<void(const QString&)>;

} // namespace queuedeck::engine
