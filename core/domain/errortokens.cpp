// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errortokens.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr qsizetype kLongestQuote = 1000;
constexpr qsizetype kLongestChunk = 256;

QChar charAt(QStringView line, qsizetype at)
{
    return at >= 0 && at < line.size() ? line[at] : QChar(u'\n');
}

// How many digits there are from `at` on.
qsizetype digitsAt(QStringView line, qsizetype at)
{
    qsizetype end = at;
    while (isAsciiDigit(charAt(line, end)))
        ++end;
    return end - at;
}

bool endsToken(QStringView line, qsizetype at)
{
    return !isWordCharacter(charAt(line, at));
}

qsizetype uuidAt(QStringView line, qsizetype at)
{
    constexpr qsizetype kLength = 36;
    if (line.size() - at < kLength || !endsToken(line, at + kLength))
        return 0;
    for (qsizetype i = 0; i < kLength; ++i) {
        const bool isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
        const QChar c = line[at + i];
        if (isHyphen ? c != u'-' : !isHex(c))
            return 0;
    }
    return kLength;
}

// 14:27, 14:27:03, 14:27:03.119; none where it is not a time of day.
qsizetype clockAt(QStringView line, qsizetype at, bool needsSeconds)
{
    if (digitsAt(line, at) != 2 || charAt(line, at + 2) != u':' || digitsAt(line, at + 3) != 2)
        return 0;
    qsizetype end = at + 5;
    if (charAt(line, end) == u':' && digitsAt(line, end + 1) == 2) {
        end += 3;
        const qsizetype fraction = digitsAt(line, end + 1);
        if ((charAt(line, end) == u'.' || charAt(line, end) == u',') && fraction > 0)
            end += 1 + fraction;
    } else if (needsSeconds) {
        return 0;
    }
    return end - at;
}

qsizetype zoneAt(QStringView line, qsizetype at)
{
    if (charAt(line, at) == u'Z' && endsToken(line, at + 1))
        return 1;
    if (charAt(line, at) != u'+' && charAt(line, at) != u'-')
        return 0;
    const qsizetype digits = digitsAt(line, at + 1);
    if (digits == 4)
        return 5;
    if (digits != 2)
        return 0;
    return charAt(line, at + 3) == u':' && digitsAt(line, at + 4) == 2 ? 6 : 3;
}

// An ISO date, with or without a time of day, or a time of day with seconds.
qsizetype timeAt(QStringView line, qsizetype at)
{
    const bool isDate = digitsAt(line, at) == 4 && charAt(line, at + 4) == u'-' &&
                        digitsAt(line, at + 5) == 2 && charAt(line, at + 7) == u'-' &&
                        digitsAt(line, at + 8) == 2;
    qsizetype end = at;
    if (isDate) {
        end += 10;
        const QChar between = charAt(line, end);
        const qsizetype clock =
            between == u'T' || between == u' ' ? clockAt(line, end + 1, false) : 0;
        if (clock == 0)
            return endsToken(line, end) ? end - at : 0;
        end += 1 + clock;
    } else {
        const qsizetype clock = clockAt(line, end, true);
        if (clock == 0)
            return 0;
        end += clock;
    }
    end += zoneAt(line, end);
    return endsToken(line, end) ? end - at : 0;
}

qsizetype portAt(QStringView line, qsizetype at)
{
    const qsizetype digits = charAt(line, at) == u':' ? digitsAt(line, at + 1) : 0;
    return digits > 0 && digits <= 5 && endsToken(line, at + 1 + digits) ? 1 + digits : 0;
}

qsizetype ipv4At(QStringView line, qsizetype at)
{
    qsizetype end = at;
    for (int part = 0; part < 4; ++part) {
        if (part > 0 && charAt(line, end++) != u'.')
            return 0;
        const qsizetype digits = digitsAt(line, end);
        if (digits < 1 || digits > 3)
            return 0;
        end += digits;
    }
    if (!endsToken(line, end) || (charAt(line, end) == u'.' && isAsciiDigit(charAt(line, end + 1))))
        return 0;
    return end - at + portAt(line, end);
}

// The text up to a blank, a quote, a bracket or a comma, without the punctuation at its end.
QStringView chunkAt(QStringView line, qsizetype at, QStringView alsoEndsAt = u"()[]{},;|=")
{
    constexpr QStringView kAlwaysEnds = u"<>\"'`“”„‘’«»";
    qsizetype end = at;
    while (end < line.size() && end - at < kLongestChunk && !line[end].isSpace() &&
           !kAlwaysEnds.contains(line[end]) && !alsoEndsAt.contains(line[end]))
        ++end;
    while (end > at && u".:?!"_s.contains(line[end - 1]))
        --end;
    return line.mid(at, end - at);
}

qsizetype urlAt(QStringView line, qsizetype at)
{
    qsizetype scheme = at;
    while (charAt(line, scheme).isLetterOrNumber() || charAt(line, scheme) == u'+' ||
           charAt(line, scheme) == u'-')
        ++scheme;
    if (scheme == at || !line.mid(scheme).startsWith(u"://"))
        return 0;
    return chunkAt(line, at, u"").size();
}

qsizetype ipv6At(QStringView line, qsizetype at)
{
    const QStringView chunk = chunkAt(line, at);
    const auto colons = chunk.count(u':');
    const bool isMac = colons == 5 && chunk.size() == 17;
    if (!isMac && colons != 7 && (colons < 2 || !chunk.contains(u"::")))
        return 0;
    return std::all_of(chunk.begin(), chunk.end(),
                       [](QChar c) { return isHex(c) || c == u':' || c == u'.'; })
               ? chunk.size()
               : 0;
}

// Where names end that are hosts and not parts of a program: prisma.job.update is none.
bool isTopLevel(QStringView label)
{
    static const std::array kKnown{
        "com",      "net",   "org", "io",  "dev",     "app",         "de",        "fr",   "uk",
        "eu",       "ch",    "at",  "nl",  "es",      "it",          "jp",        "ru",   "cn",
        "us",       "info",  "co",  "me",  "ai",      "cloud",       "example",   "test", "invalid",
        "internal", "local", "lan", "svc", "cluster", "localdomain", "localhost", "gov",  "edu",
        "br",       "in",    "pl",  "se",  "no",      "dk",          "fi",        "be",   "cz",
        "ca",       "au",    "sh",  "biz", "xyz",     "arpa",        "host"};
    return std::any_of(kKnown.begin(), kKnown.end(),
                       [&](const char* known) { return label == QLatin1StringView(known); });
}

qsizetype hostAt(QStringView line, qsizetype at)
{
    qsizetype end = at;
    while (charAt(line, end).isLetterOrNumber() || charAt(line, end) == u'-' ||
           charAt(line, end) == u'_' ||
           (charAt(line, end) == u'.' && isWordCharacter(charAt(line, end + 1))))
        ++end;
    const QStringView name = line.mid(at, end - at);
    const qsizetype port = portAt(line, end);
    const qsizetype dot = name.lastIndexOf(u'.');
    const bool isHost =
        dot > 0 ? (isTopLevel(name.mid(dot + 1)) && charAt(line, end) != u'(') || port > 0
                : name == u"localhost";
    // "card.ts:12" is a file.
    if (!isHost || (dot > 0 && port > 0 && !isTopLevel(name.mid(dot + 1)) && !name.contains(u'-')))
        return 0;
    return end - at + port;
}

bool isFileSuffix(QStringView suffix)
{
    static const std::array kKnown{"png", "jpg",  "jpeg", "webp", "gif",  "pdf", "csv", "xlsx",
                                   "ods", "json", "txt",  "xml",  "log",  "tmp", "ts",  "js",
                                   "py",  "cpp",  "tif",  "tiff", "heic", "zip", "gz",  "db"};
    return std::any_of(kKnown.begin(), kKnown.end(), [&](const char* known) {
        return suffix.compare(QLatin1StringView(known), Qt::CaseInsensitive) == 0;
    });
}

// With the line and the column in the file, if they are given.
qsizetype withPlace(QStringView line, qsizetype at, qsizetype length)
{
    qsizetype end = at + length;
    for (int i = 0; i < 2 && charAt(line, end) == u':' && digitsAt(line, end + 1) > 0; ++i)
        end += 1 + digitsAt(line, end + 1);
    return end - at;
}

std::optional<ErrorToken> pathAt(QStringView line, qsizetype at)
{
    const QStringView chunk = chunkAt(line, at);
    const QStringView path =
        chunk.left(chunk.indexOf(u':', 2) > 0 && !chunk.contains(u'\\') ? chunk.indexOf(u':', 2)
                                                                        : chunk.size());
    const auto slashes = path.count(u'/');
    if (slashes == 2 && isAsciiDigit(path[0]) &&
        std::all_of(path.begin(), path.end(), [](QChar c) { return isAsciiDigit(c) || c == u'/'; }))
        return ErrorToken{LeftOut::Time, path.size()};
    const bool isWindows = path.size() > 3 && path[1] == u':' && path[2] == u'\\';
    const bool isAbsolute =
        path.size() > 1 && path[0] == u'/' && (isWordCharacter(path[1]) || path[1] == u'.');
    const bool isRelative =
        path.startsWith(u"./") || path.startsWith(u"../") || path.startsWith(u"~/");
    const qsizetype dot = path.lastIndexOf(u'.');
    const bool isFile = dot > 0 && isFileSuffix(path.mid(dot + 1));
    if (isWindows || isAbsolute || isRelative || slashes >= 2 || isFile)
        return ErrorToken{LeftOut::Path, withPlace(line, at, path.size())};
    return std::nullopt;
}

qsizetype mailAt(QStringView line, qsizetype at)
{
    const QStringView chunk = chunkAt(line, at);
    const qsizetype sign = chunk.indexOf(u'@');
    return sign > 0 && chunk.indexOf(u'.', sign) > sign + 1 && !chunk.contains(u'/') ? chunk.size()
                                                                                     : 0;
}
} // namespace

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

std::optional<ErrorToken> quotedAt(QStringView line, qsizetype at)
{
    constexpr QStringView kOpening = u"\"'`“„‘«";
    constexpr std::array<QStringView, 7> kClosing{u"\"", u"'", u"`", u"”“", u"“”", u"’", u"»"};
    const qsizetype which = kOpening.indexOf(line[at]);
    if (which < 0)
        return std::nullopt;
    const QStringView closing = kClosing[size_t(which)];
    const qsizetype limit = std::min(line.size(), at + kLongestQuote);
    for (qsizetype end = at + 1; end < limit; ++end) {
        if (line[end] == u'\\') {
            ++end;
            continue;
        }
        // An apostrophe within a word closes nothing.
        if (closing.contains(line[end]) && (line[end] != u'\'' || endsToken(line, end + 1)))
            return ErrorToken{LeftOut::Text, end + 1 - at};
    }
    return std::nullopt;
}

std::optional<ErrorToken> tokenAt(QStringView line, qsizetype at)
{
    const auto found = [](LeftOut kind, qsizetype length) {
        return length > 0 ? std::optional(ErrorToken{kind, length}) : std::nullopt;
    };
    const QChar first = line[at];
    if (isAsciiDigit(first)) {
        if (auto token = found(LeftOut::Time, timeAt(line, at)))
            return token;
        if (auto token = found(LeftOut::Host, ipv4At(line, at)))
            return token;
    }
    if (isHex(first)) {
        if (auto token = found(LeftOut::Id, uuidAt(line, at)))
            return token;
    }
    if (isHex(first) || first == u':') {
        if (auto token = found(LeftOut::Host, ipv6At(line, at)))
            return token;
    }
    if (first.isLetter()) {
        if (auto token = found(LeftOut::Url, urlAt(line, at)))
            return token;
    }
    if (first.isLetterOrNumber()) {
        if (auto token = found(LeftOut::Text, mailAt(line, at)))
            return token;
        if (auto token = found(LeftOut::Host, hostAt(line, at)))
            return token;
    }
    if (isWordCharacter(first) || first == u'/' || first == u'.' || first == u'~')
        return pathAt(line, at);
    return std::nullopt;
}

} // namespace queuedeck::domain
