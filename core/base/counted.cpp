// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/counted.h"

#include <QCoreApplication>
#include <QLocale>

#include <limits>

using namespace Qt::StringLiterals;

namespace queuedeck::base {

QString formatCount(qint64 count)
{
    QLocale locale;
    if (locale.language() == QLocale::C)
        locale = QLocale(QLocale::English);
    return locale.toString(count);
}

QString counted(const char* context, const char* one, const char* many, qint64 count)
{
    const int plural = int(qMin<qint64>(count, std::numeric_limits<int>::max()));
    QString words = QCoreApplication::translate(context, many, nullptr, plural);
    if (count == 1 && *one && words == QLatin1String(many))
        words = QLatin1String(one);
    return words.replace("%L1"_L1, formatCount(count));
}

} // namespace queuedeck::base
