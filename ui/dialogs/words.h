// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include <limits>

namespace queuedeck::ui {

QString formatCount(qint64 count);

/// A plural form of the context "Dialogs" with its figure set with separators for "%L1".
inline QString counted(const char* text, qint64 count)
{
    const int plural = int(qMin<qint64>(count, std::numeric_limits<int>::max()));
    return QCoreApplication::translate("Dialogs", text, nullptr, plural)
        .replace(QLatin1String("%L1"), formatCount(count));
}

} // namespace queuedeck::ui
