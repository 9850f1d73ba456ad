// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace queuedeck::engine {

/// What an engine has done.
struct EngineReport
{
    int completed = 0;
    int failed = 0;    ///< attempts that failed, retried or not
    int released = 0;  ///< handed back without a spent attempt
    int overtaken = 0; ///< results refused: the job was not ours any more
    int yielded = 0;   ///< claimed, and taken by another processor before they began
    int unsettled = 0; ///< run, and what came of it was refused or could not be written
};

/// A line for people about what an engine does.
using OnEvent = std::function<void(const QString&)>;

} // namespace queuedeck::engine
