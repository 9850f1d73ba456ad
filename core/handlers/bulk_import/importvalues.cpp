// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/importvalues.h"

#include <QRegularExpression>
#include <QTime>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using domain::ImportKind;
using Value = tl::expected<QString, QString>;

namespace {
constexpr qsizetype kMostCharacters = 10'000;
constexpr qsizetype kMostDigits = 15; // before the decimal point

tl::unexpected<QString> wrong(const QString& why)
{
    return tl::unexpected(why);
}

/// A number without currency, blanks and sign.
struct BareNumber
{
    QString text; ///< digits, commas and points
    bool isNegative = false;
};

std::optional<BareNumber> bareNumber(QString text)
{
    static const QRegularExpression kAround(u"[\\s\\x{A0}\\x{202F}'’]|[$€£¥%]|"
                                            "\\b(?:USD|EUR|GBP|CHF|CAD|AUD|MXN)\\b"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    text.remove(kAround);
    text.replace(u'\u2212', u'-');
    BareNumber number;
    if (text.startsWith(u'(') && text.endsWith(u')')) { // as bookkeepers write it
        number.isNegative = true;
        text = text.sliced(1).chopped(1);
    } else if (text.startsWith(u'-') || text.endsWith(u'-')) {
        number.isNegative = true;
        text = text.startsWith(u'-') ? text.sliced(1) : text.chopped(1);
    } else if (text.startsWith(u'+')) {
        text.remove(0, 1);
    }
    static const QRegularExpression kDigits(u"^(?=.*[0-9])[0-9.,]+$"_s);
    if (!kDigits.match(text).hasMatch())
        return {};
    number.text = text;
    return number;
}

bool isGrouped(const QString& text, QChar group)
{
    const QStringList parts = text.split(group);
    for (qsizetype i = 1; i < parts.size(); ++i) {
        if (parts[i].size() != 3)
            return false;
    }
    return !parts.front().isEmpty() && parts.front().size() <= 3;
}

// The digits with a point, if the text can be read with this decimal mark.
std::optional<QString> readWith(const QString& text, QChar decimal)
{
    const QChar group = decimal == u',' ? u'.' : u',';
    const qsizetype at = text.indexOf(decimal);
    QString whole = at < 0 ? text : text.left(at);
    const QString fraction = at < 0 ? QString() : text.sliced(at + 1);
    if (fraction.contains(decimal) || fraction.contains(group))
        return {};
    if (whole.contains(group)) {
        if (!isGrouped(whole, group))
            return {};
        whole.remove(group);
    }
    if (whole.isEmpty() && fraction.isEmpty())
        return {};
    return (whole.isEmpty() ? u"0"_s : whole) + (fraction.isEmpty() ? QString() : u'.' + fraction);
}

Value number(const QString& text, const ValueStyle& style, bool isWhole)
{
    const auto bare = bareNumber(text);
    if (!bare)
        return wrong(u"not a number"_s);
    const QChar usual = style.decimalComma ? u',' : u'.';
    auto digits = readWith(bare->text, usual);
    if (!digits) // written the other way, which cannot be misread then
        digits = readWith(bare->text, usual == u',' ? u'.' : u',');
    if (!digits)
        return wrong(u"not a number"_s);
    QString whole = digits->section(u'.', 0, 0);
    QString fraction = digits->section(u'.', 1);
    while (whole.size() > 1 && whole.startsWith(u'0'))
        whole.remove(0, 1);
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    if (whole.size() > kMostDigits || fraction.size() > kMostDigits)
        return wrong(u"a number with too many digits"_s);
    if (isWhole && !fraction.isEmpty())
        return wrong(u"not a whole number"_s);
    const bool isZero = whole == "0"_L1 && fraction.isEmpty();
    return (bare->isNegative && !isZero ? u"-"_s : QString()) + whole +
           (fraction.isEmpty() ? QString() : u'.' + fraction);
}

/// The numbers of a day in the order they are written, or by name.
struct WrittenDay
{
    int first = 0;
    int second = 0;
    int year = 0;
    bool isSlashed = false; ///< only then the order is a matter of style
};

int fullYear(const QString& digits)
{
    const int year = digits.toInt();
    return digits.size() > 2 ? year : year + (year < 70 ? 2000 : 1900);
}

std::optional<WrittenDay> slashedDay(const QString& text)
{
    static const QRegularExpression kSlashed(
        u"^(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4}|\\d{2})(?:[ T,].*)?$"_s);
    const auto match = kSlashed.match(text);
    if (!match.hasMatch())
        return {};
    return WrittenDay{match.captured(1).toInt(), match.captured(2).toInt(),
                      fullYear(match.captured(3)), true};
}

QDate unambiguousDay(const QString& text)
{
    static const QRegularExpression kIso(u"^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?:[ T].*)?$"_s);
    if (const auto match = kIso.match(text); match.hasMatch())
        return {match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt()};
    static const QRegularExpression kDotted(
        u"^(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?(\\d{4}|\\d{2})(?:[ T,].*)?$"_s);
    if (const auto match = kDotted.match(text); match.hasMatch())
        return {fullYear(match.captured(3)), match.captured(2).toInt(), match.captured(1).toInt()};
    static const QStringList kMonths{u"jan"_s, u"feb"_s, u"mar"_s, u"apr"_s, u"may"_s, u"jun"_s,
                                     u"jul"_s, u"aug"_s, u"sep"_s, u"oct"_s, u"nov"_s, u"dec"_s};
    static const QRegularExpression kNamed(
        u"^(?:([A-Za-z]{3})[a-z]*\\.? (\\d{1,2}),? (\\d{4})|(\\d{1,2})[ -]([A-Za-z]{3})[a-z]*\\.?"
        "[ -](\\d{4}))(?:[ T,].*)?$"_s);
    if (const auto match = kNamed.match(text); match.hasMatch()) {
        const bool isMonthFirst = !match.captured(1).isEmpty();
        const QString month = match.captured(isMonthFirst ? 1 : 5).toLower();
        return {match.captured(isMonthFirst ? 3 : 6).toInt(), int(kMonths.indexOf(month)) + 1,
                match.captured(isMonthFirst ? 2 : 4).toInt()};
    }
    return {};
}

Value day(const QString& text, const ValueStyle& style)
{
    QDate date = unambiguousDay(text);
    if (const auto written = slashedDay(text); !date.isValid() && written) {
        const bool isDayFirst = written->first > 12 || (style.dayFirst && written->second <= 12);
        date = isDayFirst ? QDate(written->year, written->second, written->first)
                          : QDate(written->year, written->first, written->second);
    }
    static const QRegularExpression kCount(u"^[2-7]\\d{4}$"_s); // days, as spreadsheets count them
    if (!date.isValid() && kCount.match(text).hasMatch())
        date = QDate(1899, 12, 30).addDays(text.toInt());
    if (!date.isValid() || date.year() < 1900 || date.year() > 2200)
        return wrong(u"not a day of the calendar"_s);
    return date.toString(Qt::ISODate);
}

Value email(const QString& text)
{
    static const QRegularExpression kEmail(u"^[^@\\s,;<>\"]+@[^@\\s,;<>\"]+\\.[^@\\s,;<>\".]+$"_s);
    return kEmail.match(text).hasMatch() ? Value(text) : wrong(u"not an email address"_s);
}

Value webAddress(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isOne = url.isValid() && !url.host().isEmpty() &&
                       (url.scheme() == "https"_L1 || url.scheme() == "http"_L1) &&
                       url.userInfo().isEmpty() && text.size() <= 2048;
    return isOne ? Value(text) : wrong(u"not a web address"_s);
}

Value scanKind(const QString& text)
{
    QString word = text.toLower();
    word.remove(QRegularExpression(u"[^a-z]"_s));
    if (word == "businesscard"_L1 || word == "card"_L1)
        return u"business_card"_s;
    if (word == "liquorlicense"_L1 || word == "liquorlicence"_L1 || word == "license"_L1 ||
        word == "licence"_L1)
        return u"liquor_license"_s;
    return wrong(u"neither business_card nor liquor_license"_s);
}
} // namespace

void StyleEvidence::add(ImportKind kind, const QString& value)
{
    const QString text = value.trimmed();
    if (kind == ImportKind::Date) {
        if (const auto written = slashedDay(text)) {
            m_dayFirst += written->first > 12 && written->second <= 12;
            m_monthFirst += written->second > 12 && written->first <= 12;
        }
        return;
    }
    if (kind != ImportKind::Number)
        return;
    const auto bare = bareNumber(text);
    if (!bare)
        return;
    const auto withComma = readWith(bare->text, u',');
    const auto withPoint = readWith(bare->text, u'.');
    m_commas += withComma && !withPoint;
    m_points += withPoint && !withComma;
}

ValueStyle StyleEvidence::style(const ValueStyle& usual) const
{
    return {m_commas == m_points ? usual.decimalComma : m_commas > m_points,
            m_dayFirst == m_monthFirst ? usual.dayFirst : m_dayFirst > m_monthFirst};
}

Value convertedValue(ImportKind kind, const QString& value, const ValueStyle& style)
{
    const QString text = value.trimmed();
    if (text.isEmpty())
        return QString();
    if (text.size() > kMostCharacters)
        return wrong(u"longer than 10,000 characters"_s);
    switch (kind) {
    case ImportKind::Text:
    case ImportKind::Time: return text;
    case ImportKind::Email: return email(text);
    case ImportKind::WebAddress: return webAddress(text);
    case ImportKind::Number: return number(text, style, false);
    case ImportKind::WholeNumber: return number(text, style, true);
    case ImportKind::Date: return day(text, style);
    case ImportKind::ScanKind: return scanKind(text);
    }
    return text;
}

QDate dayOf(const QString& value)
{
    return QDate::fromString(value, Qt::ISODate);
}

qint64 decimalUnits(const QString& number)
{
    const bool isNegative = number.startsWith(u'-');
    const QString digits = isNegative ? number.sliced(1) : number;
    const QString fraction = digits.section(u'.', 1).leftJustified(5, u'0');
    qint64 units =
        digits.section(u'.', 0, 0).toLongLong() * kDecimalUnit + fraction.left(4).toLongLong();
    units += fraction[4] >= u'5';
    return isNegative ? -units : units;
}

QString decimalText(qint64 units)
{
    const qint64 size = std::abs(units);
    QString text = QString::number(size / kDecimalUnit);
    QString fraction = QString::number(size % kDecimalUnit).rightJustified(4, u'0');
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    if (!fraction.isEmpty())
        text += u'.' + fraction;
    return units < 0 ? u'-' + text : text;
}

} // namespace queuedeck::handlers
