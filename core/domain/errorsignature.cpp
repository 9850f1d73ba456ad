// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errorsignature.h"

#include "core/base/visibletext.h"
#include "core/domain/errorscanner.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr qsizetype kMostCharacters = 2000; // as a list reads
constexpr qsizetype kMostOfALine = 1000;

bool endsLine(QChar c)
{
    return c == u'\n' || c == u'\r' || c.unicode() == 0x85 || c.unicode() == 0x2028 ||
           c.unicode() == 0x2029;
}

// As the databases count: a pair of surrogates is one character.
QStringView beginningOf(const QString& text)
{
    if (text.size() <= kMostCharacters)
        return text;
    qsizetype end = 0;
    for (qsizetype count = 0; count < kMostCharacters && end < text.size(); ++count)
        end +=
            text[end].isHighSurrogate() && end + 1 < text.size() && text[end + 1].isLowSurrogate()
                ? 2
                : 1;
    return QStringView(text).left(end);
}

// Without what cannot be seen, and with single blanks.
QString cleaned(QStringView line)
{
    QString clean;
    clean.reserve(std::min(line.size(), kMostOfALine));
    for (qsizetype i = 0; i < line.size() && clean.size() < kMostOfALine; ++i) {
        const QChar c = line[i];
        if (c.isSpace()) {
            if (!clean.isEmpty() && !clean.endsWith(u' '))
                clean += u' ';
        } else if (c.isHighSurrogate() && i + 1 < line.size() && line[i + 1].isLowSurrogate()) {
            if (base::isHarmless(QChar::surrogateToUcs4(c, line[i + 1])))
                clean += line.mid(i, 2);
            ++i;
        } else if (base::isHarmless(c.unicode())) {
            clean += c;
        }
    }
    while (clean.endsWith(u' '))
        clean.chop(1);
    return clean;
}
} // namespace

QString placeholder(LeftOut kind)
{
    switch (kind) {
    case LeftOut::Number: return u"#"_s;
    case LeftOut::Id: return u"{id}"_s;
    case LeftOut::Host: return u"{host}"_s;
    case LeftOut::Url: return u"{url}"_s;
    case LeftOut::Path: return u"{path}"_s;
    case LeftOut::Time: return u"{time}"_s;
    case LeftOut::Text: return u"{text}"_s;
    }
    return {};
}

QString tellingLine(const QString& error)
{
    const QStringView text = beginningOf(error);
    QString first;
    QString last; // that is not indented
    bool isTraceback = false;
    for (qsizetype from = 0; from < text.size();) {
        const auto end = std::find_if(text.begin() + from, text.end(), endsLine) - text.begin();
        const QStringView line = text.mid(from, end - from);
        from = end + 1;
        if (!first.isEmpty() && !isTraceback && !first.endsWith(u':'))
            break;
        const QString clean = cleaned(line);
        if (clean.isEmpty())
            continue;
        if (first.isEmpty()) {
            first = clean;
            isTraceback = clean.startsWith("Traceback (most recent call last)"_L1);
        } else if (!isTraceback) {
            return cleaned(first + u' ' + clean);
        } else if (!line[0].isSpace()) {
            last = clean;
        }
    }
    return isTraceback && !last.isEmpty() ? last : first;
}

ErrorSignature signatureOf(const QString& error)
{
    return scannedLine(tellingLine(error));
}

QStringList literalsOf(const ErrorSignature& signature)
{
    QStringList literals;
    qsizetype from = 0;
    const auto take = [&](qsizetype end) {
        const QString literal = signature.text.mid(from, end - from).trimmed();
        if (literal.size() >= 3)
            literals += literal;
    };
    for (const ErrorSignature::Place& place : signature.places) {
        take(place.at);
        from = place.at + placeholder(place.kind).size();
    }
    if (signature.places.size() < kMostPlaces)
        take(signature.text.endsWith(u'…') ? signature.text.size() - 1 : signature.text.size());
    return literals;
}

} // namespace queuedeck::domain
