// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/schemawords.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
struct Words
{
    const char16_t* pattern;
    const char16_t* words; ///< follow the name of the value; %1 is what the pattern captured
};

constexpr std::array kWords{
    Words{u"^String should be no fewer than 1 characters? in length", u"is empty"},
    Words{u"^String should be no fewer than (\\d+) characters", u"has fewer than %1 characters"},
    Words{u"^String should be no more than (\\d+) characters", u"has more than %1 characters"},
    Words{u"^Array should contain no fewer than 1 elements?", u"is an empty list"},
    Words{u"^Array should contain no fewer than (\\d+) elements", u"has fewer than %1 items"},
    Words{u"^Array should contain no more than (\\d+) elements", u"has more than %1 items"},
    Words{u"^Array contains more items than allowed", u"has more items than are allowed"},
    Words{u"^Object should have no fewer than (\\d+) properties", u"has fewer than %1 properties"},
    Words{u"^Object should have no more than (\\d+) properties", u"has more than %1 properties"},
    Words{u"^Value type not permitted", u"has the wrong type"},
    Words{u"^Failed to match against any enum values", u"is none of the values allowed"},
    Words{u"^Failed to match expected value set by 'const'", u"is not the value required"},
    Words{u"^It does not match the pattern (.*)\\.$", u"does not match the pattern %1"},
    Words{u"^Expected number less than or equal to ([-+.\\de]*\\d)", u"is greater than %1"},
    Words{u"^Expected number less than ([-+.\\de]*\\d)", u"is not less than %1"},
    Words{u"^Expected number greater than or equal to ([-+.\\de]*\\d)", u"is less than %1"},
    Words{u"^Expected number greater than ([-+.\\de]*\\d)", u"is not greater than %1"},
    Words{u"^Value should be a multiple of ([-+.\\de]*\\d)", u"is not a multiple of %1"},
    Words{u"^String should be a valid date-time", u"is not a valid time"},
    Words{u"^String should be a valid date", u"is not a valid date"},
    Words{u"^String should be a valid time", u"is not a valid time of day"}};

// Valijson writes 500 as 500.000000.
QString shortNumber(const QString& text)
{
    static const QRegularExpression kZeros(u"\\A(-?[0-9]+)\\.0+\\z"_s);
    return QString(text).replace(kZeros, u"\\1"_s);
}
} // namespace

QString schemaSentence(const QString& place, const QString& description)
{
    static const QRegularExpression missing(u"^Missing required property '(.*)'\\.$"_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    if (const auto match = missing.match(description); match.hasMatch())
        return (place.isEmpty() ? QString() : place + u'.') + match.captured(1) + u" is missing."_s;
    for (const Words& each : kWords) {
        const QRegularExpression pattern(QString::fromUtf16(each.pattern));
        if (const auto match = pattern.match(description); match.hasMatch()) {
            QString words = QString::fromUtf16(each.words);
            words.replace(u"%1"_s, shortNumber(match.captured(1)));
            return (place.isEmpty() ? u"It"_s : place) + u' ' + words + u'.';
        }
    }
    return place.isEmpty() ? description : place + u": "_s + description;
}

} // namespace queuedeck::domain
