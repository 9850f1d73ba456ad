// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/schemapattern.h"

#include <QDate>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
// In QRegularExpression, "$" also matches before a final line break.
QString withRealEnds(const QString& pattern)
{
    QString real;
    bool isInClass = false;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar sign = pattern[i];
        if (sign == u'\\' && i + 1 < pattern.size()) {
            real += sign;
            real += pattern[++i];
        } else if (sign == u'$' && !isInClass) {
            real += u"\\z"_s;
        } else {
            isInClass = sign == u'[' || (isInClass && sign != u']');
            real += sign;
        }
    }
    return real;
}
} // namespace

QRegularExpression schemaPattern(const QString& pattern)
{
    // PCRE2 uses the lowest of several limits, so the pattern cannot raise it.
    return QRegularExpression(u"(*LIMIT_MATCH=1000000)"_s + withRealEnds(pattern));
}

bool hasFormat(const QString& format, const QString& text)
{
    static const QString kDate = u"(\\d{4}-\\d{2}-\\d{2})"_s;
    static const QString kTime = u"(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?"
                                 "(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)"_s;
    static const QRegularExpression kDateOnly(u"\\A"_s + kDate + u"\\z"_s);
    static const QRegularExpression kTimeOnly(u"\\A"_s + kTime + u"\\z"_s);
    static const QRegularExpression kBoth(u"\\A"_s + kDate + u"[Tt]"_s + kTime + u"\\z"_s);
    if (format == "time"_L1)
        return kTimeOnly.match(text).hasMatch();
    if (format != "date"_L1 && format != "date-time"_L1)
        return true;
    const auto match = (format == "date"_L1 ? kDateOnly : kBoth).match(text);
    return match.hasMatch() && QDate::fromString(match.captured(1), Qt::ISODate).isValid();
}

} // namespace queuedeck::domain
