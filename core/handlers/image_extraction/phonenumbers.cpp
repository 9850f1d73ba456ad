// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/phonenumbers.h"

#include <QRegularExpression>

#include <algorithm>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kCase = QRegularExpression::CaseInsensitiveOption;
constexpr auto kUnicode = QRegularExpression::UseUnicodePropertiesOption;
constexpr qsizetype kMostDigits = 15; // of a number with its country code
constexpr qsizetype kFewestLabelled = 5;

/// Digits and the separators that may be within one number.
struct Run
{
    qsizetype start = 0;
    qsizetype length = 0;
};

qsizetype digitsIn(QStringView text)
{
    return std::count_if(text.cbegin(), text.cend(), [](QChar c) { return c.isDigit(); });
}

bool isDate(const QString& text)
{
    static const QRegularExpression date(
        u"^(?:\\d{1,2}[./\\-]\\d{1,2}[./\\-](?:19|20)?\\d\\d|(?:19|20)\\d\\d[./\\-]\\d{1,2}[./\\-]"
        u"\\d{1,2})$"_s);
    return date.match(text).hasMatch();
}

/// Forms that are a telephone number even without a label.
bool hasPhoneForm(const QString& text)
{
    static const QRegularExpression form(
        // United States: +1 555-0142, (503) 555-0187, 555.555.0121, 1-800-555-0199
        u"^(?:(?:\\+?1[ .\\-/]{0,2})?(?:\\(\\d{3}\\)[ .\\-]{0,2}|\\d{3}[ .\\-/]{1,2})?\\d{3}"
        u"[ .\\-–]{1,2}\\d{4}"
        // with a country code after + or after the international prefix
        u"|\\+\\s?[1-9][\\d ./()\\-–]{6,}|(?:00|011)[ \\-]?[1-9][\\d ./()\\-–]{7,}"
        // a national number with its 0, or with its area code in brackets
        u"|\\(?0\\d[\\d ./()\\-–]{6,}|\\(\\d{2,4}\\)[ \\-]?\\d{3,5}[ \\-]?\\d{4}"
        // without either: Australia's 1300 and 13, Mexico's big cities, India's mobile numbers
        u"|1[38]00[ \\-]\\d{3}[ \\-]\\d{3}|1[38]00[ \\-]\\d\\d[ \\-]\\d\\d[ \\-]\\d\\d"
        u"|(?:33|55|56|81)[ \\-]\\d{4}[ \\-]\\d{4}|[6-9]\\d{4} \\d{5})$"_s);
    const qsizetype digits = digitsIn(text);
    return form.match(text).hasMatch() && !isDate(text) && digits >= 7 &&
           digits <= (text.startsWith(u"00"_s) || text.startsWith(u"011"_s) ? kMostDigits + 3
                                                                            : kMostDigits) &&
           (digits >= 9 || digits < text.size());
}

bool isBalanced(const QString& text)
{
    return text.count(u'(') == text.count(u')');
}

/// Whether it can be a number if a label says so.
bool canBeLabelled(const QString& text)
{
    const qsizetype digits = digitsIn(text);
    return digits >= kFewestLabelled && !isDate(text) &&
           digits <= (text.startsWith(u'0') ? kMostDigits + 3 : kMostDigits);
}

/// The label right before a number.
Label labelBefore(const Piece& piece, qsizetype start)
{
    static const QRegularExpression dots(u"(?<=(?<!\\p{L})\\p{L})\\.(?=\\p{L}(?!\\p{L}))"_s,
                                         kUnicode);
    QString before = piece.text.left(start).trimmed().remove(dots); // A.B.N.
    bool alone = false;
    while (!before.isEmpty()) {
        QString rest = before;
        const Label label = takeLabel(rest, alone);
        if (label != Label::None && alone)
            return label;
        const qsizetype space = before.indexOf(QRegularExpression(u"[\\s,;/(]"_s));
        if (space < 0)
            break;
        before = before.mid(space + 1).trimmed();
    }
    return start == 0 || piece.text.left(start).trimmed().isEmpty() ? piece.label : Label::None;
}

/// A bank account with the letters of the bank, whose digits look like a number of their own.
bool isInAccount(const QString& text, const Run& run)
{
    static const QRegularExpression account(u"\\b[A-Z]{2}\\d\\d ?[A-Z]{4}[ \\dA-Z]*"_s);
    const QRegularExpressionMatch match = account.match(text);
    return match.hasMatch() && run.start >= match.capturedStart() &&
           run.start < match.capturedEnd();
}

/// The complete runs of a text. What touches a letter, an @ or a # is not a number of its own.
QList<Run> runsOf(const QString& text)
{
    static const QRegularExpression run(
        u"(?:\\+\\s?|\\(\\s?\\+?)?\\d(?:[\\d]|[ .()\\-–‑/]{1,3}(?=[\\d(])|\\)(?=[ .\\-/]{0,2}\\d))*\\)?"_s);
    QList<Run> runs;
    for (auto it = run.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        runs.append({match.capturedStart(), match.capturedLength()});
    }
    return runs;
}

bool touchesWord(const QString& text, const Run& run)
{
    static const QRegularExpression before(u"[\\p{L}@#_№&=%]$|[\\p{L}\\d][\\-.'’]$"_s, kUnicode);
    static const QRegularExpression after(u"^(?:[\\p{L}@_%°º]|[\\-'’.](?=[\\p{L}\\d])|:\\d)"_s,
                                          kUnicode);
    return before.match(text.left(run.start)).hasMatch() ||
           after.match(text.mid(run.start + run.length)).hasMatch();
}

/// "503-555-0112 88 Mill Street": the house number belongs to the next words if the rest is a
/// number joined by signs. Likewise a postcode before it.
std::optional<Run> withoutNeighbour(const QString& text, const Run& run)
{
    static const QRegularExpression first(
        u"^((?:\\+?1[ .\\-])?(?:\\(\\d{3}\\) ?|\\d{3}[.\\-])\\d{3}[.\\-]\\d{4}) \\d{1,5}$"_s);
    static const QRegularExpression last(
        u"^\\d{5} ((?:\\+?1[ .\\-])?(?:\\(\\d{3}\\) ?|\\d{3}[.\\-])\\d{3}[.\\-]\\d{4})$"_s);
    const QString whole = text.mid(run.start, run.length);
    static const QRegularExpression word(u"^ \\p{L}"_s, kUnicode);
    if (const auto match = first.match(whole);
        match.hasMatch() && word.match(text.mid(run.start + run.length)).hasMatch())
        return Run{run.start, match.capturedLength(1)};
    if (const auto match = last.match(whole); match.hasMatch() && run.start > 0)
        return Run{run.start + match.capturedStart(1), match.capturedLength(1)};
    return std::nullopt;
}

/// Two numbers with a sign between them, if the whole is not a number.
std::optional<Run> firstOfTwo(const QString& text, const Run& run, bool isLabelled)
{
    static const QRegularExpression between(u"\\s+[/\\-–]\\s+|\\s*/\\s*(?=[+(0])"_s);
    const QString whole = text.mid(run.start, run.length);
    const QStringList parts = whole.split(between);
    const bool areNumbers =
        parts.size() > 1 && std::ranges::all_of(parts, [&](const QString& part) {
            return isBalanced(part) && digitsIn(part) >= 7 &&
                   (hasPhoneForm(part) || (isLabelled && canBeLabelled(part)));
        });
    return areNumbers ? std::optional(Run{run.start, parts.first().size()}) : std::nullopt;
}

/// 1-800-FLOWERS.
std::optional<Run> vanityNumber(const QString& text)
{
    static const QRegularExpression vanity(
        u"(?<![\\p{L}\\d+(\\-.@])(?:\\+?1[ .\\-])?8(?:00|88|77|66|55|44|33)[ .\\-](?=[\\d "
        u".\\-]*[A-Z]{2})"
        u"([A-Z\\d]+(?:[ .\\-][A-Z\\d]+)*)(?![\\p{L}\\d@\\-])"_s,
        kUnicode);
    const QRegularExpressionMatch match = vanity.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QString letters = match.captured(1).remove(QRegularExpression(u"[ .\\-]"_s));
    return letters.size() >= 6 && letters.size() <= 10
               ? std::optional(Run{match.capturedStart(), match.capturedLength()})
               : std::nullopt;
}

/// Restores the spaces a recogniser loses: +1 555-0142, and pairs in France.
QString withMendedSpaces(QString text)
{
    static const QRegularExpression american(u"^\\+1(?=\\d{3}\\D)"_s);
    static const QRegularExpression french(
        u"^(?:\\+33 ?\\d|0\\d)(?: \\d\\d){0,3} ?(?:\\d{4})?(?: \\d\\d)*$"_s);
    static const QRegularExpression four(u"(?<= )(\\d\\d)(\\d\\d)(?= |$)"_s);
    text.replace(american, u"+1 "_s);
    if (french.match(text).hasMatch())
        text.replace(four, u"\\1 \\2"_s);
    return text;
}

PhoneNumber found(const Piece& piece, Run run, Label label)
{
    static const QRegularExpression extension(
        u"^\\s*[,;]?\\s*(?:ext(?:ension)?|x|durchwahl|poste|int|anexo|ramal|toestel)[ .:]*\\d{1,6}(?![\\d\\p{L}])"_s,
        kCase | kUnicode);
    run.length += extension.match(piece.text.mid(run.start + run.length)).capturedLength();
    return {withMendedSpaces(piece.text.mid(run.start, run.length).simplified()), run.start,
            run.length, label};
}

} // namespace

QString withMendedDigits(const QString& text)
{
    static const QRegularExpression token(u"(?<![\\p{L}\\d])[\\dOolI()+.\\-]{3,}(?![\\p{L}\\d])"_s);
    QString result = text;
    QRegularExpressionMatchIterator matches = token.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        QString word = match.captured();
        if (digitsIn(word) * 2 < word.size() - 1)
            continue;
        word.replace(u'O', u'0').replace(u'o', u'0').replace(u'l', u'1').replace(u'I', u'1');
        result.replace(match.capturedStart(), match.capturedLength(), word);
    }
    return result;
}

std::optional<PhoneNumber> findPhone(const Piece& piece)
{
    if (const auto vanity = vanityNumber(piece.text)) {
        const Label label = labelBefore(piece, vanity->start);
        if (label != Label::Number)
            return found(piece, *vanity, label);
    }
    for (const Run& run : runsOf(piece.text)) {
        const QString whole = piece.text.mid(run.start, run.length);
        const Label label = labelBefore(piece, run.start);
        const bool isLabelled = label == Label::Phone || label == Label::Fax;
        if (label == Label::Number || touchesWord(piece.text, run) || isInAccount(piece.text, run))
            continue;
        if (isBalanced(whole) && (hasPhoneForm(whole) || (isLabelled && canBeLabelled(whole))))
            return found(piece, run, label);
        if (const auto part = withoutNeighbour(piece.text, run))
            return found(piece, *part, label);
        if (const auto first = firstOfTwo(piece.text, run, isLabelled))
            return found(piece, *first, label);
    }
    return std::nullopt;
}

} // namespace queuedeck::handlers
