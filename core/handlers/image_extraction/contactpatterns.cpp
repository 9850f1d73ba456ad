// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/contactpatterns.h"

#include <QRegularExpression>
#include <QSet>

#include <optional>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kCase = QRegularExpression::CaseInsensitiveOption;
constexpr auto kUnicode = QRegularExpression::UseUnicodePropertiesOption;

const QString kTop = u"com|net|org|edu|gov|info|biz|example|invalid|test|io|co|ai|app|dev|eu|us|uk|"
                     u"de|at|ch|fr|es|it|pt|nl|be|ie|dk|se|no|fi|pl|cz|ca|mx|br|ar|cl|au|nz|jp|cn|"
                     u"in|za|wine|wines|vin|bar|beer|shop|store|studio|agency|law|tech|online|site|"
                     u"group|company|law|coffee|farm|design|consulting|london|berlin|nyc|me|tv"_s;

/// A damaged ending is mended when only one known ending looks like it: c0m, examp1e, corn.
QString mendedEnding(const QString& domain)
{
    const qsizetype dot = domain.lastIndexOf(u'.');
    const QString ending = domain.mid(dot + 1).toLower();
    if (dot < 0 || isTopLevelDomain(ending))
        return domain;
    const QStringList usual = {u"com"_s, u"net"_s, u"org"_s, u"example"_s, u"info"_s};
    for (const QString& candidate : usual) {
        if (confusable(candidate) == confusable(ending))
            return domain.left(dot + 1) + candidate;
    }
    return domain;
}

QString withoutSpaces(QString text)
{
    static const QRegularExpression space(u"\\s+"_s);
    return text.remove(space).replace(u',', u'.');
}

/// "vogel-wein example" and "vogel-wein. example" had a dot only.
QString withDots(QString domain)
{
    static const QRegularExpression lost(u"(?<=[\\p{L}\\d])\\s+(?=(?:com|net|org|example)$)"_s,
                                         kCase | kUnicode);
    return withoutSpaces(domain.replace(lost, u"."_s));
}

/// Cuts `length` letters out at `start`, with the label before them; that label is returned.
Label cutOut(Piece& piece, qsizetype start, qsizetype length)
{
    static const QRegularExpression lastWords(u"(?:^|[\\s,;/(])(\\S+(?:\\s*[.:])?\\s*)$"_s);
    QString before = piece.text.left(start);
    const QString after = piece.text.mid(start + length);
    Label label = Label::None;
    bool alone = false;
    // "Tel. : " and "E-Mail " as a whole first, then only the last word of what stands before.
    QString whole = before;
    if (const Label found = takeLabel(whole, alone); found != Label::None && alone) {
        label = found;
        before.clear();
    } else if (const auto match = lastWords.match(before); match.hasMatch()) {
        QString last = match.captured(1);
        if (const Label near = takeLabel(last, alone); near != Label::None && alone) {
            label = near;
            before.truncate(match.capturedStart(1));
        }
    }
    if (label == Label::None)
        label = piece.label;
    static const QRegularExpression edges(u"^[\\s,;/|:.\\-–]+|[\\s,;/|:\\-–(]+$"_s);
    piece.text = (before + u' ' + after).simplified().remove(edges);
    return label;
}

std::optional<QString> takeEmail(Piece& piece)
{
    static const QRegularExpression pattern(
        u"([\\p{L}\\d_%+\\-]+(?:(?:\\.|\\s\\.|\\.\\s)[\\p{L}\\d_%+\\-]+)*)"
        u"\\s*(?:@|©|®|\\(\\s*at\\s*\\)|\\[\\s*at\\s*\\])\\s*"
        u"([\\p{L}\\d\\-]+(?:(?:\\.[\\p{L}\\d\\-]+)*(?:\\s?[.,]\\s?(?:%1)|\\s(?:com|net|org|"
        u"example))\\b|(?:[.,][\\p{L}\\d\\-]+)+)"
        u"(?:\\.(?:%1)\\b)?)"_s.arg(kTop),
        kCase | kUnicode);
    const QRegularExpressionMatch match = pattern.match(piece.text);
    if (!match.hasMatch())
        return std::nullopt;
    const QString email =
        withoutSpaces(match.captured(1)) + u'@' + mendedEnding(withDots(match.captured(2)));
    cutOut(piece, match.capturedStart(), match.capturedLength());
    return email;
}

std::optional<QString> takeWebsite(Piece& piece)
{
    static const QRegularExpression pattern(
        u"(?<![@\\w.])(?:(?:https?\\s?:\\s?/\\s?/"
        u"\\s?)(?:www[.,]\\s?)?|(?:www|vvww|wwvv|wvvw)\\s?[.,]\\s?)"
        u"([\\p{L}\\d\\-]+(?:\\s?\\.\\s?(?:%1)\\b|\\s(?:com|net|org|example)\\b|[.,][\\p{L}\\d\\-]+"
        u")+)(/[^\\s|,]*)?"
        u"|(?<![@\\w.])([\\p{L}\\d\\-]{2,}(?:\\.[\\p{L}\\d\\-]+)*(?:\\.|\\.\\s|\\s\\.)(?:%1))\\b(?!"
        u"[@\\p{L}])"
        u"(/[^\\s|,]*)?"_s.arg(kTop),
        kCase | kUnicode);
    const QRegularExpressionMatch match = pattern.match(piece.text);
    if (!match.hasMatch())
        return std::nullopt;
    QString website = withDots(match.captured());
    static const QRegularExpression damagedPrefix(u"^(?:vvww|wwvv|wvvw)\\."_s, kCase);
    website.replace(damagedPrefix, u"www."_s);
    if (!website.mid(8).contains(u'/'))
        website = mendedEnding(website);
    cutOut(piece, match.capturedStart(), match.capturedLength());
    return website;
}

/// O and l between digits were 0 and 1.
QString withMendedDigits(const QString& text)
{
    static const QRegularExpression token(u"(?<![\\p{L}\\d])[\\dOolI()+.\\-]{3,}(?![\\p{L}\\d])"_s);
    QString result = text;
    QRegularExpressionMatchIterator matches = token.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        QString word = match.captured();
        if (word.count(QRegularExpression(u"\\d"_s)) * 2 < word.size() - 1)
            continue;
        word.replace(u'O', u'0').replace(u'o', u'0').replace(u'l', u'1').replace(u'I', u'1');
        result.replace(match.capturedStart(), match.capturedLength(), word);
    }
    return result;
}

/// The spaces a recogniser loses: +1 555-0142, and pairs in France.
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

struct Number
{
    QString text;
    Label label = Label::None;
};

std::optional<Number> takePhone(Piece& piece)
{
    static const QRegularExpression pattern(
        // United States: +1 555-0142, (503) 555-0187, 555.555.0121, 1-800-555-0199
        u"(?:(?<![\\d\\p{L}+#\\-])(?:\\+?1[ .\\-/]{0,2})?(?:\\(\\d{3}\\)[ .\\-]{0,2}|\\d{3}[ "
        u".\\-/]{1,2})?\\d{3}"
        u"[ .\\-–]{1,2}\\d{4}(?![\\d\\-])"
        // with a country code
        u"|\\+\\s?[2-9]\\d{0,2}(?:[ ./()\\-–]{0,3}\\d){6,13}(?!\\d)"
        // a national number with its 0
        u"|(?<![\\d\\p{L}#\\-])\\(?0\\d(?:[ ./()\\-–]{0,3}\\d){6,11}(?!\\d))"
        u"(?:\\s*,?\\s*(?:ext(?:ension)?|x|durchwahl|poste)[ .:]*\\d{1,5})?"_s,
        kCase);
    const QString mended = withMendedDigits(piece.text);
    if (mended.size() == piece.text.size())
        piece.text = mended;
    const QRegularExpressionMatch match = pattern.match(piece.text);
    if (!match.hasMatch())
        return std::nullopt;
    Number number;
    number.text = withMendedSpaces(match.captured().simplified());
    const bool onlyDigits = !number.text.contains(QRegularExpression(u"[^\\d]"_s));
    if (onlyDigits && number.text.size() < 9)
        return std::nullopt;
    number.label = cutOut(piece, match.capturedStart(), match.capturedLength());
    // "+1 555 0100 (Fax)", "+1 555 0100 F"
    static const QRegularExpression behind(u"^\\(?\\s*(?:tele)?fax\\)?$|^\\(?f\\)?$"_s, kCase);
    if (number.label == Label::None && behind.match(piece.text).hasMatch())
        number.label = Label::Fax;
    return number;
}

/// A letter the recogniser saw twice, as in Ooktavino, counts once.
QString collapsed(const QString& domain)
{
    static const QRegularExpression twice(u"(.)\\1+"_s);
    return confusable(domain).replace(twice, u"\\1"_s);
}

/// Email and website mostly share their domain; where they differ by confusable letters only, both
/// get the reading with fewer digits.
void agree(Contacts& contacts)
{
    static const QRegularExpression host(u"^(?:https?://)?(?:www\\.)?([^/]+)"_s, kCase);
    const QString mailDomain = contacts.email.section(u'@', 1);
    const QRegularExpressionMatch match = host.match(contacts.website);
    const QString webDomain = match.captured(1);
    if (mailDomain.isEmpty() || webDomain.isEmpty() ||
        mailDomain.compare(webDomain, Qt::CaseInsensitive) == 0 ||
        collapsed(mailDomain) != collapsed(webDomain))
        return;
    const auto damage = [](const QString& domain) {
        static const QRegularExpression odd(u"\\d|rn|vv|(?<=[a-z])[IO]|[A-Z](?=[a-z])"_s);
        return domain.count(odd) * 10 + (isTopLevelDomain(domain.section(u'.', -1)) ? 0 : 5);
    };
    if (damage(webDomain) < damage(mailDomain))
        contacts.email = contacts.email.section(u'@', 0, 0) + u'@' + webDomain.toLower();
    else
        contacts.website.replace(match.capturedStart(1), match.capturedLength(1), mailDomain);
}

/// Whether the piece is the email's domain again, but for confusable letters.
bool isDomainOf(const QString& email, const Piece& piece)
{
    QString text = piece.text;
    bool alone = false;
    takeLabel(text, alone);
    const QString domain = confusable(email.section(u'@', 1));
    return !domain.isEmpty() && (confusable(text) == domain || confusable(piece.text) == domain);
}

} // namespace

bool isTopLevelDomain(const QString& word)
{
    static const QStringList endings = kTop.split(u'|');
    return endings.contains(word.toLower());
}

QString domainWord(const QString& address)
{
    static const QRegularExpression host(u"^(?:.*@|https?://)?(?:www\\.)?([^/@]+)"_s, kCase);
    static const QSet<QString> anyones = {
        u"gmail"_s, u"outlook"_s, u"hotmail"_s, u"yahoo"_s,      u"icloud"_s, u"aol"_s, u"gmx"_s,
        u"web"_s,   u"me"_s,      u"proton"_s,  u"protonmail"_s, u"live"_s,   u"msn"_s};
    QStringList parts = host.match(address.toLower()).captured(1).split(u'.', Qt::SkipEmptyParts);
    while (parts.size() > 1 && isTopLevelDomain(parts.last()))
        parts.removeLast();
    const QString word = parts.isEmpty() ? QString() : parts.last();
    return anyones.contains(word) ? QString() : folded(word);
}

Contacts takeContacts(QList<Piece>& pieces)
{
    Contacts contacts;
    for (Piece& piece : pieces) {
        while (const std::optional<QString> email = takeEmail(piece)) {
            if (contacts.email.isEmpty())
                contacts.email = *email;
        }
    }
    for (Piece& piece : pieces) {
        while (const std::optional<QString> website = takeWebsite(piece)) {
            if (contacts.website.isEmpty())
                contacts.website = *website;
        }
    }
    for (Piece& piece : pieces) {
        // With a damaged ending nothing but the email's domain tells that it is one.
        if (contacts.website.isEmpty() && piece.text.contains(u'.') &&
            isDomainOf(contacts.email, piece)) {
            contacts.website = contacts.email.section(u'@', 1);
            piece.text.clear();
        }
    }
    for (Piece& piece : pieces) {
        while (const std::optional<Number> number = takePhone(piece)) {
            QString& place = number->label == Label::Fax ? contacts.fax : contacts.phone;
            if (place.isEmpty())
                place = number->text;
        }
        bool alone = false;
        QString rest = piece.text;
        if (takeLabel(rest, alone) != Label::None && alone)
            piece.text.clear();
    }
    pieces.removeIf([](const Piece& piece) {
        return folded(piece.text).size() < 2; // an icon read as a letter, a dash
    });
    agree(contacts);
    return contacts;
}

} // namespace queuedeck::handlers
