// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::domain {

/// A statement as it would run on a database, for review.
struct Statement
{
    QString name;
    QString text; ///< SQL, with :name placeholders
};

} // namespace queuedeck::domain
