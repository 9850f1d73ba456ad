// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"
#include "core/handlers/command/commandspec.h"

#include <chrono>

namespace queuedeck::handlers {

/// Runs the jobs of a type with a program of the user's. The payload goes to its standard input,
/// the job's id and the attempt into its environment; it gets no secrets of Queuedeck's. Exit code
/// 0 completes the job, 75 postpones it, 65 fails it for good, any other fails the attempt; the end
/// of its standard error becomes the error. Lines `progress 0.4 reading` of it say how far it is; a
/// JSON object on its standard output becomes the result. On a timeout or stop, its whole process
/// group is asked to end and, after `patience`, killed.
class CommandHandler final : public engine::Handler
{
public:
    explicit CommandHandler(CommandSpec spec,
                            std::chrono::milliseconds patience = std::chrono::seconds(2));

    engine::TaskResult run(const engine::Task& task) override;

private:
    const CommandSpec m_spec;
    const std::chrono::milliseconds m_patience;
};

} // namespace queuedeck::handlers
