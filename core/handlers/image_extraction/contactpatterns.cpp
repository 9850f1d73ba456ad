// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/contactpatterns.h"

#include <QRegularExpression>
#include <QVector>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

namespace {
using Pattern = QRegularExpression;

Pattern insensitive(const QString& text)
{
    return Pattern(text, Pattern::CaseInsensitiveOption | Pattern::UseUnicodePropertiesOption);
}

Found foundAt(const QRegularExpressionMatch& match, int group = 0)
{
    return {match.captured(group), match.capturedStart(group), match.capturedLength(group)};
}

QString withoutBlanks(QString text)
{
    return text.remove(u' ');
}
} // namespace

std::optional<Found> findEmail(const QString& text)
{
    static const Pattern pattern = insensitive(
        u"([a-z0-9._%+-]+)\\s?(?:@|\\(at\\)|\\[at\\]|©|®)\\s?"
        "([a-z0-9-]+(?:\\s?[.,]\\s?[a-z0-9-]+)*\\s?[.,]\\s?[a-z]{2,})"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    Found found = foundAt(match);
    QString local = match.captured(1);
    while (local.startsWith(u'.') || local.startsWith(u'-'))
        local.remove(0, 1);
    found.value = local + u'@' + withoutBlanks(match.captured(2)).replace(u',', u'.');
    return found;
}

std::optional<Found> findWebsite(const QString& text)
{
    static const Pattern withPrefix = insensitive(
        u"(?:https?\\s?:\\s?//\\s?(?:www\\s?[.,]\\s?)?|www\\s?[.,]\\s?)"
        "[a-z0-9-]+(?:\\s?\\.\\s?[a-z0-9-]+)+(?:/[\\w./-]*)?"_s);
    static const Pattern bare = insensitive(
        u"(?<![@\\w.-])[a-z0-9-]{2,}(?:\\.[a-z0-9-]+)*\\s?\\.\\s?"
        "(?:com|net|org|example|biz|info|io|co\\.uk|co|uk|de|at|ch|fr|es|it|eu|us|ca|nl|be|pt|se|no|"
        "dk|fi|pl|cz|ie|au|nz|jp|wine|wines|beer|bar|shop|store|design|law|studio|dev|app|tech|"
        "agency|digital|group|test|coffee|restaurant|pub|vin|club|health|legal|consulting|media|"
        "photography|archi|edu|gov|me|tv|ai)\\b(?:/[\\w./-]*)?(?!\\s?@)"_s);
    for (const Pattern& pattern : {withPrefix, bare}) {
        const auto match = pattern.match(text);
        if (!match.hasMatch())
            continue;
        Found found = foundAt(match);
        found.value = withoutBlanks(found.value).replace("www,"_L1, "www."_L1);
        if (found.value.endsWith(u'.'))
            found.value.chop(1);
        return found;
    }
    return std::nullopt;
}

QVector<FoundPhone> findPhones(const QString& text)
{
    static const Pattern number = insensitive(
        u"(?<![\\w@.])(?:\\+|00)?\\s?\\(?\\d[\\d ().\\-/–—]{5,}\\d"
        "(?:\\s?(?:x|ext\\.?|extension)\\s?\\d{1,6})?"_s);
    static const Pattern fax = insensitive(u"(?:\\b(?:tele)?fax\\b|\\bf)\\s?[.:]?\\s*$"_s);
    static const Pattern mobile = insensitive(u"\\b(?:mobile?|mobil|cell|handy|m|c)\\s?[.:]?\\s*$"_s);
    static const Pattern isDate = insensitive(u"^\\d{1,4}[./-]\\d{1,2}[./-]\\d{2,4}$"_s);

    QVector<FoundPhone> phones;
    auto matches = number.globalMatch(text);
    qsizetype before = 0;
    while (matches.hasNext()) {
        const auto match = matches.next();
        FoundPhone phone;
        static_cast<Found&>(phone) = foundAt(match);
        phone.value = phone.value.simplified();
        const auto digits =
            std::count_if(phone.value.cbegin(), phone.value.cend(), [](QChar c) { return c.isDigit(); });
        if (digits < 7 || digits > 17 || isDate.match(phone.value).hasMatch())
            continue;
        const QString label = text.mid(before, match.capturedStart() - before);
        phone.isFax = fax.match(label).hasMatch();
        phone.isMobile = mobile.match(label).hasMatch();
        // "Fax" may also follow its number.
        static const Pattern faxBehind = insensitive(u"^\\s*\\(?(?:tele)?fax\\b"_s);
        phone.isFax = phone.isFax || faxBehind.match(text.mid(match.capturedEnd())).hasMatch();
        // An open bracket that was never closed belongs to the text around it.
        if (phone.value.count(u'(') < phone.value.count(u')'))
            phone.value.remove(phone.value.lastIndexOf(u')'), 1);
        phones.push_back(phone);
        before = match.capturedEnd();
    }
    return phones;
}

int addressStrength(const QString& text)
{
    static const QVector<Pattern> places{
        insensitive(u"\\b(?-i:[A-Z]{2})\\.?\\s+\\d{5}(?:-\\d{4})?\\b"_s),          // Napa, CA 94558
        insensitive(u"\\b(?-i:[A-Z]{1,2}\\d[A-Z\\d]?)\\s?\\d(?-i:[A-Z]{2})\\b"_s), // London SE1 9TG
        insensitive(u"\\b(?-i:[A-Z]\\d[A-Z])\\s?\\d(?-i:[A-Z])\\d\\b"_s),          // Toronto M5V 2T6
        insensitive(u"(?:^|[,;]\\s*|\\b(?:D|A|CH|F|E|I|NL|B)-)\\d{4,5}\\s+[\\p{Lu}][\\p{L}.\\- ]+"_s),
        insensitive(u"\\b\\d{4}\\s?(?-i:[A-Z]{2})\\s+\\p{Lu}\\p{L}+"_s), // 1012 AB Amsterdam
        insensitive(u"^[\\p{L} .'-]+,\\s*[\\p{L} .]+\\s\\d{5}(?:-\\d{4})?\\b"_s),
        insensitive(u"^\\p{Lu}[\\p{L} .'-]+\\s\\d{4,5}$"_s), // Paris 75002
    };
    static const QVector<Pattern> streets{
        insensitive(
            u"\\d.*\\b(?:street|str?\\.?|avenue|ave\\.?|road|rd\\.?|boulevard|blvd\\.?|lane|ln\\.?|"
            "drive|dr\\.?|way|place|pl\\.?|court|ct\\.?|square|sq\\.?|parkway|pkwy\\.?|highway|hwy\\.?|"
            "terrace|quay|wharf|row|mews|close|crescent|gardens|hill|gate|yard|alley|pike|loop|trail|"
            "circle|plaza|broadway|walk|bridge|park|dock|docks|embankment|esplanade|pier)\\b"_s),
        insensitive(u"(?:straße|strasse|straBe|str\\.|weg|platz|allee|gasse|ring|ufer|damm|markt|hof|"
                    "steig|kai|chaussee|graben)\\s*\\d+\\s?[a-z]?\\b"_s),
        insensitive(u"\\b(?:rue|avenue|boulevard|quai|chemin|impasse|place|allée|calle|c/|avenida|"
                    "avda\\.?|plaza|paseo|via|viale|piazza|corso|largo|rua|praça|laan|straat|gracht|kade)"
                    "\\b.*\\d|\\d.*\\b(?:rue|avenue|boulevard|quai|chemin|impasse|calle|via|laan)\\b"_s),
        insensitive(u"\\w+(?:straat|gracht|laan|kade|plein|gatan|vägen|gade|vej)\\s*\\d+"_s),
        insensitive(u"\\bp\\.?\\s?o\\.?\\s?box\\s*\\d+|\\bpostfach\\s*\\d+"_s),
    };
    static const QVector<Pattern> hints{
        insensitive(u"^(?:suite|ste\\.?|unit|floor|fl\\.?|room|building|bldg\\.?|level|apt\\.?)\\b|"
                    "\\b(?:floor|suite|unit|bldg\\.?)\\s*#?\\w{1,5}$|#\\s?\\d+"_s),
        insensitive(u"^(?:usa|u\\.s\\.a\\.|united states|united kingdom|uk|england|scotland|wales|"
                    "ireland|germany|deutschland|austria|österreich|switzerland|schweiz|suisse|france|"
                    "spain|españa|italy|italia|portugal|netherlands|nederland|belgium|canada|"
                    "australia)\\.?$"_s),
        insensitive(u"^\\d{1,5}\\s+(?:[nsew]\\.?\\s)?\\p{Lu}\\p{L}+"_s),
    };
    for (const Pattern& place : places) {
        if (place.match(text).hasMatch())
            return 3;
    }
    for (const Pattern& street : streets) {
        if (street.match(text).hasMatch())
            return 2;
    }
    for (const Pattern& hint : hints) {
        if (hint.match(text).hasMatch())
            return 1;
    }
    return 0;
}

QString withoutLabel(const QString& text)
{
    static const Pattern label = insensitive(
        u"^\\s*(?:(?:tel(?:efon|ephone|éfono)?|phone|ph|mobile?|mobil|cell|handy|direct|office|main|fax|"
        "telefax|e-?mail|mail|web(?:site)?|internet|url|address|addr|adresse|anschrift|office|hq)"
        "\\s*[.:;|]?(?=\\s|$|[+(\\d])|[tmpfewacdo]\\s*[.:;|](?=\\s|$|[+(\\d])|[tmpfewac](?=\\s+[+(\\d]))\\s*[:.]?\\s*"_s);
    QString rest = text;
    rest.remove(label);
    return rest.trimmed();
}

QString plainLetters(const QString& text)
{
    const QString apart =
        QString(text).replace(u'ß', u"ss"_s).normalized(QString::NormalizationForm_KD).toLower();
    QString plain;
    for (const QChar c : apart) {
        if ((c >= u'a' && c <= u'z') || c.isDigit())
            plain += c;
    }
    return plain;
}

} // namespace queuedeck::handlers
