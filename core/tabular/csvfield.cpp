// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/csvfield.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::tabular {

namespace {
bool mustBeQuoted(QStringView value)
{
    return std::any_of(value.cbegin(), value.cend(),
                       [](QChar c) { return c == u'"' || c == u',' || c == u'\r' || c == u'\n'; });
}

bool looksLikeFormula(QStringView value)
{
    for (const QChar c : value) {
        if (c.isSpace())
            continue; // white space does not keep a spreadsheet from it
        return u"=+-@\uFF1D\uFF0B\uFF0D\uFF20"_s.contains(c);
    }
    return false;
}
} // namespace

QString csvField(QString value)
{
    if (mustBeQuoted(value))
        value = u'"' + value.replace(u'"', u"\"\""_s) + u'"';
    return value;
}

QString csvText(QString value)
{
    if (looksLikeFormula(value))
        value.prepend(u'\'');
    return csvField(std::move(value));
}

void addCsvText(QByteArray& line, QStringView value)
{
    const bool isQuoted = mustBeQuoted(value);
    if (isQuoted)
        line += '"';
    if (looksLikeFormula(value))
        line += '\'';
    const QByteArray bytes = value.toUtf8();
    if (!isQuoted) {
        line += bytes;
        return;
    }
    qsizetype from = 0;
    for (qsizetype at = bytes.indexOf('"'); at >= 0; at = bytes.indexOf('"', from)) {
        line.append(bytes.constData() + from, at + 1 - from);
        line += '"';
        from = at + 1;
    }
    line.append(bytes.constData() + from, bytes.size() - from);
    line += '"';
}

} // namespace queuedeck::tabular
