// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/contactpatterns.h"

#include "core/handlers/image_extraction/emailaddresses.h"
#include "core/handlers/image_extraction/phonenumbers.h"

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

/// A misread ending is corrected if only one known ending looks like it: c0m, examp1e, corn.
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

/// "vogel-wein example" and "vogel-wein. example" were printed with just a dot.
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
    // "Tel. : " and "E-Mail " as a whole first, then only the last word before it.
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

std::optional<QString> takeWebsite(Piece& piece)
{
    static const QRegularExpression pattern(
        u"(?<![@\\w.])(?:(?:https?\\s?:\\s?/\\s?/"
        u"\\s?)(?:www[.,]\\s?)?|(?:www|vvww|wwvv|wvvw)\\s?[.,]\\s?)"
        u"([\\p{L}\\d\\-]+(?:\\s?\\.\\s?(?:%1)\\b|\\s(?:com|net|org|example)\\b|[.,][\\p{L}\\d\\-]+"
        u")+)(/[^\\s|,]*)?"
        u"|(?<![@\\w.])([\\p{L}\\d\\-]{2,}(?:\\.[\\p{L}\\d\\-]+)*(?:\\.(?:%1)|(?:\\.\\s|\\s\\.)(?:"
        u"com|net|org|example)))\\b(?!"
        u"[@\\p{L}])"
        u"(/[^\\s|,]*)?"_s.arg(kTop),
        kCase | kUnicode);
    const QRegularExpressionMatch match = pattern.match(piece.text);
    if (!match.hasMatch())
        return std::nullopt;
    // "Reg.No" and "Tel.No" end like a Norwegian domain.
    static const QRegularExpression abbreviation(u"^\\p{Lu}\\p{L}*\\.\\p{Lu}\\p{Ll}*$"_s, kUnicode);
    if (abbreviation.match(match.captured()).hasMatch())
        return std::nullopt;
    QString website = withDots(match.captured());
    static const QRegularExpression damagedPrefix(u"^(?:vvww|wwvv|wvvw)\\."_s, kCase);
    website.replace(damagedPrefix, u"www."_s);
    if (!website.mid(8).contains(u'/'))
        website = mendedEnding(website);
    cutOut(piece, match.capturedStart(), match.capturedLength());
    return website;
}

/// A letter the recogniser saw twice, as in Ooktavino, counts once.
QString collapsed(const QString& domain)
{
    static const QRegularExpression twice(u"(.)\\1+"_s);
    return confusable(domain).replace(twice, u"\\1"_s);
}

/// Email and website usually share their domain; if they differ by confusable letters only, both
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

/// Whether the piece is the email's domain again, except for confusable letters.
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

QString topLevelDomains()
{
    return kTop;
}

QString mendedDomain(const QString& domain)
{
    return mendedEnding(withDots(domain));
}

Contacts takeContacts(QList<Piece>& pieces)
{
    Contacts contacts;
    for (Piece& piece : pieces) {
        while (const std::optional<EmailAddress> email = findEmail(piece.text)) {
            cutOut(piece, email->start, email->length);
            if (contacts.email.isEmpty())
                contacts.email = email->text;
            contacts.doubtfulEmail += email->readings;
        }
    }
    for (Piece& piece : pieces) {
        while (const std::optional<QString> website = takeWebsite(piece)) {
            if (contacts.website.isEmpty())
                contacts.website = *website;
        }
    }
    for (Piece& piece : pieces) {
        // With a misread or rare ending, only the email's domain shows that it is one.
        if (contacts.website.isEmpty() && piece.text.contains(u'.') &&
            isDomainOf(contacts.anyEmail(), piece)) {
            contacts.website = contacts.anyEmail().section(u'@', 1);
            piece.text.clear();
        }
    }
    for (Piece& piece : pieces) {
        const QString mended = withMendedDigits(piece.text);
        if (mended.size() == piece.text.size())
            piece.text = mended;
        while (const std::optional<PhoneNumber> number = findPhone(piece)) {
            cutOut(piece, number->start, number->length);
            // "+1 555 0100 (Fax)", "+1 555 0100 F"
            static const QRegularExpression behind(u"^\\(?\\s*(?:tele)?fax\\)?$|^\\(?f\\)?$"_s,
                                                   kCase);
            const bool isFax = number->label == Label::Fax || (number->label == Label::None &&
                                                               behind.match(piece.text).hasMatch());
            QString& place = isFax ? contacts.fax : contacts.phone;
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
