// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace queuedeck::base {

/// The only source of the time of day, so that a test can set it. Thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;

    /// Now, in UTC, with millisecond precision.
    virtual QDateTime now() const = 0;

    /// The clock of this computer; lives as long as the program.
    static const Clock& system();
};

} // namespace queuedeck::base
