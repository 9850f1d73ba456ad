// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"

#include <QByteArray>

namespace queuedeck::domain {

/// A row as it can be taken elsewhere: its error whole, its payload as stored.
struct JobContent
{
    Job job;
    QByteArray payload;
};

} // namespace queuedeck::domain
