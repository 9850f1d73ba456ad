// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/formdates.h"

#include <QRegularExpression>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

int monthOf(const QString& word)
{
    static const QStringList months = {u"jan"_s, u"feb"_s, u"mar"_s, u"apr"_s, u"may"_s, u"jun"_s,
                                       u"jul"_s, u"aug"_s, u"sep"_s, u"oct"_s, u"nov"_s, u"dec"_s};
    return int(months.indexOf(word.left(3).toLower())) + 1;
}

int fullYear(int year)
{
    return year < 100 ? 2000 + year : year;
}

int number(QString digits)
{
    return digits.replace(u'O', u'0')
        .replace(u'o', u'0')
        .replace(u'l', u'1')
        .replace(u'I', u'1')
        .toInt();
}

QDate dateOf(const QRegularExpressionMatch& match)
{
    const auto part = [&match](const char16_t* name) {
        return match.captured(QString::fromUtf16(name));
    };
    if (!part(u"isoYear").isEmpty())
        return {number(part(u"isoYear")), number(part(u"isoMonth")), number(part(u"isoDay"))};
    if (!part(u"month").isEmpty())
        return {number(part(u"year")), monthOf(part(u"month")), number(part(u"day"))};
    if (!part(u"laterMonth").isEmpty())
        return {fullYear(number(part(u"laterYear"))), monthOf(part(u"laterMonth")),
                number(part(u"earlierDay"))};
    const int first = number(part(u"one"));
    const int second = number(part(u"two"));
    const int year = fullYear(number(part(u"last")));
    const bool dayFirst = first > 12 || (match.captured().contains(u'.') && second <= 12);
    return dayFirst ? QDate(year, second, first) : QDate(year, first, second);
}

} // namespace

QList<PrintedDate> datesIn(const QString& text)
{
    static const QRegularExpression pattern(
        u"(?<![\\d\\-/])(?:"
        u"(?<isoYear>[12]\\d{3})\\s?[\\-/.]\\s?(?<isoMonth>\\d{1,2})\\s?[\\-/"
        u".]\\s?(?<isoDay>\\d{1,2})"
        u"|(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
        u"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[.\\s]*(?<day>[0-9OolI]{1,2})"
        u"(?:st|nd|rd|th)?\\s?[,.]?\\s*(?<year>[12][\\dOo]{3})"
        u"|(?<earlierDay>[0-9OolI]{1,2})(?:st|nd|rd|th)?[\\s\\-.]*(?:of\\s+)?(?<laterMonth>jan(?:"
        u"uary)?|"
        u"feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:"
        u"ober)?|"
        u"nov(?:ember)?|dec(?:ember)?)[.,\\s\\-]*(?<laterYear>[12][\\dOo]{3}|\\d{2})"
        u"|(?<one>[0-9OolI]{1,2})\\s?[/.\\-]\\s?(?<two>[0-9OolI]{1,2})\\s?[/.\\-]\\s?"
        u"(?<last>[12][\\dOo]{3}|\\d{2})"
        u")(?![\\d/])"_s,
        QRegularExpression::CaseInsensitiveOption);
    QList<PrintedDate> dates;
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        if (const QDate date = dateOf(match); date.isValid() && date.year() >= 1900)
            dates.append({date, match.capturedStart(), match.capturedLength()});
    }
    return dates;
}

} // namespace queuedeck::handlers
