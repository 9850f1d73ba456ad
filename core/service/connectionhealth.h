// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/page.h"
#include "core/domain/queuemode.h"

#include <QFuture>

#include <chrono>
#include <optional>

namespace queuedeck::service {

/// How a saved connection is now: asked read-only, and nothing is kept open.
struct ConnectionHealth
{
    enum class State {
        Answers,
        Refused, ///< it was reached and let nobody in, or not this user
        NoAnswer,
    };

    State state = State::NoAnswer;
    QDateTime at;        ///< UTC
    QString server = {}; ///< "PostgreSQL 15.8"
    std::chrono::milliseconds took{0};
    bool isPooled = false;
    domain::QueueMode mode = domain::QueueMode::Guest;
    std::optional<domain::MatchCount> pending = {}; ///< none: not known in time
    std::optional<domain::MatchCount> failed = {};  ///< of jobs added within the last hour
    base::Sentence problem = {};                    ///< why it does not answer
};

/// Takes a few seconds at most per question, on one of a few threads of their own, so that a silent
/// server delays no other. The future never holds an error: see `state`. A password that is missing
/// in the address is taken from the keychain.
QFuture<base::Result<ConnectionHealth>> connectionHealth(const QString& address);

} // namespace queuedeck::service
