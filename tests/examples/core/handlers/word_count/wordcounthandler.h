// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"

namespace queuedeck::handlers {

/// Counts the words of a text, line by line.
class WordCountHandler final : public engine::Handler
{
public:
    engine::TaskResult run(const engine::Task& task) override;
};

} // namespace queuedeck::handlers
