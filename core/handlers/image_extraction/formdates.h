// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QList>
#include <QString>

namespace queuedeck::handlers {

/// A date and its position in the text.
struct PrintedDate
{
    QDate date;
    qsizetype start = 0;
    qsizetype length = 0;
};

/// All dates of a text, in order: 03/15/2026, March 15, 2026, 15 MAR 2026, 2026-03-15. Of two
/// numbers the first is the month, as in the United States, unless it cannot be.
QList<PrintedDate> datesIn(const QString& text);

} // namespace queuedeck::handlers
