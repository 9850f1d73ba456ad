// SPDX-License-Identifier: GPL-3.0-or-later
// Parses a cron expression, or says where and why it is wrong.
#include "core/domain/cron.h"

#include <QStringList>

#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::Sentence;

namespace {
constexpr qsizetype kLongest = 1000;

struct FieldRule
{
    Sentence name; ///< at the start of a sentence
    Sentence what; ///< "a number from 0 to 59"
    int least;
    int most;
    QStringList names; ///< for the values from `least` on
};

const FieldRule& ruleOf(Cron::Field field)
{
    static const std::array<FieldRule, Cron::kFields> kRules{
        FieldRule{Sentence::tr("A minute"), Sentence::tr("a number from 0 to 59"), 0, 59, {}},
        FieldRule{Sentence::tr("An hour"), Sentence::tr("a number from 0 to 23"), 0, 23, {}},
        FieldRule{
            Sentence::tr("A day of the month"), Sentence::tr("a number from 1 to 31"), 1, 31, {}},
        FieldRule{Sentence::tr("A month"),
                  Sentence::tr("a number from 1 to 12 or a name from JAN to DEC"),
                  1,
                  12,
                  {u"JAN"_s, u"FEB"_s, u"MAR"_s, u"APR"_s, u"MAY"_s, u"JUN"_s, u"JUL"_s, u"AUG"_s,
                   u"SEP"_s, u"OCT"_s, u"NOV"_s, u"DEC"_s}},
        FieldRule{Sentence::tr("A weekday"),
                  Sentence::tr("a number from 0 (Sunday) to 7 (Sunday) or a name from SUN to SAT"),
                  0,
                  7,
                  {u"SUN"_s, u"MON"_s, u"TUE"_s, u"WED"_s, u"THU"_s, u"FRI"_s, u"SAT"_s}},
    };
    return kRules[field];
}

/// A piece of the text and its position.
struct Piece
{
    QString text;
    qsizetype position = 0;
};

QVector<Piece> cut(const Piece& piece, QChar at)
{
    QVector<Piece> pieces;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= piece.text.size(); ++i) {
        if (i == piece.text.size() || piece.text[i] == at) {
            pieces += Piece{piece.text.mid(start, i - start), piece.position + start};
            start = i + 1;
        }
    }
    return pieces;
}

QVector<Piece> words(const QString& text)
{
    QVector<Piece> found;
    for (qsizetype i = 0; i < text.size();) {
        if (text[i].isSpace()) {
            ++i;
            continue;
        }
        const qsizetype start = i;
        while (i < text.size() && !text[i].isSpace())
            ++i;
        found += Piece{text.mid(start, i - start), start};
    }
    return found;
}

tl::unexpected<TextError> wrong(const Piece& piece, const Sentence& message)
{
    return tl::unexpected(
        TextError{piece.position, std::max<qsizetype>(1, piece.text.size()), message});
}

std::optional<int> numberOf(const QString& text)
{
    if (text.isEmpty() || text.size() > 4)
        return std::nullopt;
    int number = 0;
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
        number = number * 10 + (c.unicode() - u'0');
    }
    return number;
}

std::optional<QString> longForm(const QString& word)
{
    static const QVector<std::pair<QString, QString>> kWords{
        {u"@hourly"_s, u"0 * * * *"_s},   {u"@daily"_s, u"0 0 * * *"_s},
        {u"@midnight"_s, u"0 0 * * *"_s}, {u"@weekly"_s, u"0 0 * * 0"_s},
        {u"@monthly"_s, u"0 0 1 * *"_s},  {u"@yearly"_s, u"0 0 1 1 *"_s},
        {u"@annually"_s, u"0 0 1 1 *"_s},
    };
    for (const auto& [name, fields] : kWords) {
        if (name == word.toLower())
            return fields;
    }
    return std::nullopt;
}

tl::expected<int, TextError> valueOf(const Piece& piece, const FieldRule& rule, bool isUpper)
{
    const qsizetype name = rule.names.indexOf(piece.text.toUpper());
    if (name >= 0) // FRI-SUN ends with the Sunday that is 7
        return rule.most == 7 && name == 0 && isUpper ? 7 : rule.least + int(name);
    if (piece.text.isEmpty())
        return wrong(piece, Sentence::tr("%1 is missing: write %2.").arg(rule.name, rule.what));
    const auto number = numberOf(piece.text);
    if (number && *number >= rule.least && *number <= rule.most)
        return *number;
    const QString sentence = u"%1 is %2."_s.arg(rule.name, rule.what);
    if (piece.text.contains(u'?'))
        return wrong(
            piece, sentence + Sentence::tr(" Write * for any; ? belongs to another kind of cron."));
    if (!number && (piece.text.contains(u'#') || piece.text.endsWith(u'L', Qt::CaseInsensitive) ||
                    piece.text.endsWith(u'W', Qt::CaseInsensitive)))
        return wrong(
            piece, sentence + Sentence::tr(" The letters L and W and the sign # belong to another "
                                           "kind of cron."));
    return wrong(piece, sentence);
}

tl::expected<CronPart, TextError> parsePart(const Piece& piece, const FieldRule& rule)
{
    const QVector<Piece> sides = cut(piece, u'/');
    if (sides.size() > 2)
        return wrong(sides[2], Sentence::tr("One step is enough, as in */5."));
    CronPart part{rule.least, rule.most == 7 ? 6 : rule.most};
    if (sides[0].text == "*"_L1) {
        part.isStar = true;
    } else {
        const QVector<Piece> ends = cut(sides[0], u'-');
        if (ends.size() > 2)
            return wrong(ends[2], Sentence::tr("A range has two ends, as in 1-5."));
        const auto from = valueOf(ends.first(), rule, false);
        if (!from)
            return tl::unexpected(from.error());
        const auto to = ends.size() == 2 ? valueOf(ends[1], rule, true) : from;
        if (!to)
            return tl::unexpected(to.error());
        if (*from > *to) {
            const QString step = sides.size() == 2 ? u'/' + sides[1].text : QString();
            return wrong(
                sides[0],
                Sentence::tr("A range goes from low to high. Write %1-%2%5,%3-%4%5 for one "
                             "that passes the end.")
                    .arg(*from)
                    .arg(rule.most == 7 ? 6 : rule.most)
                    .arg(rule.least)
                    .arg(*to)
                    .arg(step));
        }
        part.from = *from;
        part.to = *to;
        if (sides.size() == 2 && ends.size() == 1)
            return wrong(piece, Sentence::tr("A step needs a range: write %1-%2/%3 or */%3.")
                                    .arg(*from)
                                    .arg(part.from > 6 || rule.most != 7 ? rule.most : 6)
                                    .arg(sides[1].text));
    }
    if (sides.size() == 2) {
        const auto step = numberOf(sides[1].text);
        if (!step || *step == 0)
            return wrong(sides[1], Sentence::tr("A step is a number from 1, as in */5."));
        // A star in a day field means that both days must match, which a plain number would not.
        const bool isDayStar = part.isStar && (rule.most == 31 || rule.most == 7);
        const int size = part.to - part.from + 1;
        if (isDayStar && *step > size)
            return wrong(sides[1],
                         Sentence::tr("A step of %1 leaves only %2 of %3 to %4. Write */%5, which "
                                      "means the same.")
                             .arg(*step)
                             .arg(part.from)
                             .arg(part.from)
                             .arg(part.to)
                             .arg(size));
        if (!isDayStar && *step >= size && *step > 1)
            return wrong(sides[1],
                         Sentence::tr("A step of %1 leaves only %2 of %3 to %4. Write %2, or a "
                                      "smaller step.")
                             .arg(*step)
                             .arg(part.from)
                             .arg(part.from)
                             .arg(part.to));
        part.step = *step;
    }
    return part;
}

tl::expected<QVector<CronPart>, TextError> parseField(const Piece& piece, const FieldRule& rule)
{
    QVector<CronPart> parts;
    for (const Piece& one : cut(piece, u',')) {
        const auto part = parsePart(one, rule);
        if (!part)
            return tl::unexpected(part.error());
        parts += *part;
    }
    return parts;
}

quint64 bitsOf(const QVector<CronPart>& parts, Cron::Field field)
{
    quint64 bits = 0;
    for (const CronPart& part : parts) {
        for (int value = part.from; value <= part.to; value += part.step)
            bits |= quint64(1) << (field == Cron::Weekday ? value % 7 : value);
    }
    return bits;
}
} // namespace

tl::expected<Cron, TextError> Cron::parse(const QString& text)
{
    if (text.size() > kLongest)
        return tl::unexpected(
            TextError{kLongest, text.size() - kLongest,
                      Sentence::tr("The expression has more than 1,000 characters.")});
    static const Sentence kForm = Sentence::tr("minute hour day month weekday, as in */5 * * * *");
    QVector<Piece> fields = words(text);
    if (fields.isEmpty())
        return tl::unexpected(TextError{0, 0, u"Write %1."_s.arg(kForm)});
    if (fields[0].text.startsWith(u'@')) {
        const auto full = longForm(fields[0].text);
        if (!full)
            return wrong(fields[0],
                         Sentence::tr("Write @hourly, @daily, @weekly, @monthly or @yearly, or the "
                                      "five fields."));
        if (fields.size() > 1)
            return wrong(fields[1], Sentence::tr("Nothing may follow %1.").arg(fields[0].text));
        auto cron = parse(*full);
        cron->m_text = text.trimmed();
        return cron;
    }
    if (fields.size() > kFields)
        return wrong(fields[kFields], Sentence::tr("There are %1 fields and cron has five: %2.")
                                          .arg(fields.size())
                                          .arg(kForm));
    Cron cron;
    cron.m_text = text.trimmed();
    for (int i = 0; i < fields.size(); ++i) {
        const auto parts = parseField(fields[i], ruleOf(Field(i)));
        if (!parts)
            return tl::unexpected(parts.error());
        cron.m_parts[i] = *parts;
        cron.m_values[i] = bitsOf(*parts, Field(i));
    }
    if (fields.size() < kFields) {
        const qsizetype end = fields.last().position + fields.last().text.size();
        return tl::unexpected(TextError{
            end, 1,
            Sentence::tr("Only %1 of five fields are there: %2.").arg(fields.size()).arg(kForm)});
    }
    if (!cron.isEitherDay()) { // if either day is enough, some weekday always matches
        bool isPossible = false;
        for (const int month : cron.values(Month)) // 2024 has a 29 February
            isPossible |= cron.values(Day).first() <= QDate(2024, month, 1).daysInMonth();
        if (!isPossible)
            return wrong(fields[Day],
                         Sentence::tr("It would never run: none of these months has such a day."));
    }
    return cron;
}

} // namespace queuedeck::domain
