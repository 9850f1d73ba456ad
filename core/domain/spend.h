// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QString>

namespace queuedeck::domain {

/// What one request to a model cost. Prices change and are not known here: tokens are counted.
struct Spend
{
    QDate day;       ///< UTC
    QString jobType; ///< that it was made for
    QString model;
    qint64 tokensIn = 0;
    qint64 tokensOut = 0;

    bool operator==(const Spend&) const = default;
};

} // namespace queuedeck::domain
