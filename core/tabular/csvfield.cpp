// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/csvfield.h"

using namespace Qt::StringLiterals;

namespace queuedeck::tabular {

QString csvField(QString value)
{
    if (value.contains(u'"') || value.contains(u',') || value.contains(u'\r') ||
        value.contains(u'\n'))
        value = u'"' + value.replace(u'"', u"\"\""_s) + u'"';
    return value;
}

QString csvText(QString value)
{
    const QString start = value.trimmed().left(1); // white space does not keep them from it
    if (!start.isEmpty() && u"=+-@\uFF1D\uFF0B\uFF0D\uFF20"_s.contains(start))
        value.prepend(u'\'');
    return csvField(std::move(value));
}

} // namespace queuedeck::tabular
