// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/progress.h"

#include <QStringList>

namespace queuedeck::test {

/// Keeps what a handler says of how far it is.
struct HeardProgress : domain::ProgressSink
{
    void report(const domain::Progress& progress) override { texts += progress.text; }
    QStringList texts;
};

} // namespace queuedeck::test
