// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/setbackresult.h"

namespace queuedeck::handlers {

using domain::Setback;
using engine::TaskResult;

TaskResult resultOf(const Setback& setback)
{
    switch (setback.then) {
    case Setback::Then::GiveUp: return TaskResult::unrecoverable(setback.error.detail);
    case Setback::Then::TryAgain: return TaskResult::failed(setback.error.detail);
    case Setback::Then::Wait: break;
    }
    return TaskResult::postponed(setback.error.detail, setback.wait);
}

} // namespace queuedeck::handlers
