// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/emailaddresses.h"

#include "core/handlers/image_extraction/contactpatterns.h"

#include <QRegularExpression>
#include <QSet>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFlags =
    QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption;

/// What the standard allows before the @, and the typographic apostrophe.
const QString kLocal = u"\\p{L}\\d._%+\\-'’&/=!#$*?^~{}`|"_s;

/// The words before an address that touch it: "E:nadia@…", "mailto:nadia@…", "<nadia@…".
qsizetype touchingWords(const QString& token)
{
    static const QRegularExpression words(
        u"^(?:[(<\\[{\"“„«]+|(?:e-?mail|mail|mailto|e|courriel|correo)(?:[:>]|/(?=[^/]*@))+)+"_s,
        kFlags);
    return words.match(token).capturedLength();
}

} // namespace

std::optional<EmailAddress> findEmail(const QString& text)
{
    static const QRegularExpression pattern(
        u"([^\\s,;:<>()\\[\\]\"“”„«»@©®]+)\\s*(?:@|©|®|\\(\\s*at\\s*\\)|\\[\\s*at\\s*\\])\\s*"
        u"([\\p{L}\\d\\-]+(?:(?:\\.[\\p{L}\\d\\-]+)*(?:\\s?[.,]\\s?(?:%1)|\\s(?:com|net|org|"
        u"example))(?![\\p{L}\\d\\-@])|(?:[.,][\\p{L}\\d\\-]+)+)"
        u"(?:\\.(?:%1)(?![\\p{L}\\d\\-@]))?)"_s.arg(topLevelDomains()),
        kFlags);
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    EmailAddress email;
    email.start = match.capturedStart();
    email.length = match.capturedLength();
    QString local = match.captured(1);
    local.remove(0, touchingWords(local + u'@'));
    const QString domain = mendedDomain(match.captured(2));

    static const QRegularExpression strange(u"[^%1]"_s.arg(kLocal), kFlags);
    static const QRegularExpression goesOn(u"^[@_\\p{L}\\d]"_s, kFlags);
    if (local.isEmpty() || strange.match(local).hasMatch() ||
        goesOn.match(text.mid(match.capturedEnd())).hasMatch())
        return email; // cannot be read completely
    // "oliver. ph@…": the text before the space may belong to it.
    static const QRegularExpression torn(u"(\\S*\\p{Ll}[._\\-])\\s$"_s, kFlags);
    static const QRegularExpression label(u"(?:^|\\s)(?:e-?mail|e|mob|tel|fax|web)[.]\\s$"_s,
                                          kFlags);
    const QString before = text.left(match.capturedStart());
    const QRegularExpressionMatch front = torn.match(before);
    static const QRegularExpression misread(u"\\||^[.!]"_s);
    if (local.contains(u".."_s) || local.endsWith(u'.'))
        return email;
    if (front.hasMatch() && !label.match(before).hasMatch()) {
        email.readings = {local + u'@' + domain, front.captured(1) + local + u'@' + domain};
    } else if (misread.match(local).hasMatch()) {
        const QString shown = local.startsWith(u'.') ? u'|' + local : local;
        for (const QString& letter : {u"l"_s, u"i"_s, u"I"_s})
            email.readings += QString(shown).replace(misread, letter) + u'@' + domain;
    } else {
        email.text = local + u'@' + domain;
    }
    return email;
}

QString readingOfName(const QStringList& readings, const QString& name)
{
    static const QRegularExpression space(u"[\\s\\-,]+"_s);
    const QStringList words = name.split(space, Qt::SkipEmptyParts);
    QSet<QString> locals;
    for (qsizetype one = 0; one < words.size(); ++one) {
        const QString first = folded(words.at(one));
        QString initials;
        for (qsizetype two = one + 1; two < words.size(); ++two) {
            const QString last = folded(words.at(two));
            locals << first + last << first.left(1) + last << last + first << last + first.left(1)
                   << first + last.left(1) << last;
            initials += last.left(1);
        }
        locals << first << first + initials;
    }
    QString found;
    for (const QString& reading : readings) {
        if (!locals.contains(folded(reading.section(u'@', 0, 0))) || reading == found)
            continue;
        // l.tann and I.tann count as one.
        if (!found.isEmpty() && found.compare(reading, Qt::CaseInsensitive) != 0)
            return {};
        if (found.isEmpty())
            found = reading;
    }
    return found;
}

} // namespace queuedeck::handlers
