// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errorscanner.h"

#include "core/domain/errortokens.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
/// Reads one line from left to right.
class Scanner
{
public:
    explicit Scanner(const QString& line)
        : m_line(line)
    {
    }

    ErrorSignature read()
    {
        m_signature.text.reserve(std::min(m_line.size(), kMostOfASignature) + 8);
        while (m_at < m_line.size() && m_signature.text.size() < kMostOfASignature)
            step();
        if (m_at < m_line.size() || m_signature.text.size() > kMostOfASignature) {
            QString& text = m_signature.text;
            qsizetype end = std::min(text.size(), kMostOfASignature);
            if (end > 0 && text[end - 1].isHighSurrogate())
                --end;
            text.truncate(end);
            text += u'…';
            erase_if(m_signature.places, [&](const ErrorSignature::Place& place) {
                return place.at + placeholder(place.kind).size() > end;
            });
        }
        return std::move(m_signature);
    }

private:
    void step()
    {
        if (m_at == m_innerEnd) {
            keep(1); // the quote that ends a text which is read like any other
            return;
        }
        const bool isStart = m_at == 0 || !isWordCharacter(m_line[m_at - 1]);
        if (isStart) {
            if (const auto quoted = quotedAt(m_line, m_at); quoted && takeQuoted(quoted->length))
                return;
            if (const auto token = tokenAt(m_line, m_at)) {
                leaveOut(token->kind, token->length);
                return;
            }
        }
        const QChar c = m_line[m_at];
        const bool isSign = (c == u'-' || c == u'+') && isStart && m_at + 1 < m_line.size() &&
                            m_line[m_at + 1].isDigit() && !closes(m_at - 1);
        if (isSign)
            takeNumber(1);
        else if (isWordCharacter(c))
            takeWord();
        else
            keep(1);
    }

    bool closes(qsizetype at) const { return at >= 0 && u")]}"_s.contains(m_line[at]); }

    void keep(qsizetype length)
    {
        m_signature.text += QStringView(m_line).mid(m_at, length);
        m_at += length;
    }

    void leaveOut(LeftOut kind, qsizetype length)
    {
        const QStringView value = QStringView(m_line).mid(m_at, length);
        m_at += length;
        if (joinsList(kind, value))
            return;
        QString& text = m_signature.text;
        if (m_signature.places.size() < kMostPlaces)
            m_signature.places.push_back({kind, text.size(), value.left(kMostOfAValue).toString()});
        text += placeholder(kind);
    }

    // A list of values is one value, however long it is.
    bool joinsList(LeftOut kind, QStringView value)
    {
        if (m_signature.places.isEmpty() || m_signature.places.size() == kMostPlaces)
            return false;
        ErrorSignature::Place& last = m_signature.places.last();
        QString& text = m_signature.text;
        const bool isList = kind == LeftOut::Text || kind == LeftOut::Id ||
                            (last.at > 0 && text[last.at - 1] == u'[');
        if (last.kind != kind || !isList)
            return false;
        const qsizetype end = last.at + placeholder(kind).size();
        static const std::array<QStringView, 6> kBetween{u", ",   u",",      u" and ",
                                                         u" or ", u", and ", u", or "};
        const QStringView between = QStringView(text).mid(end);
        if (std::find(kBetween.begin(), kBetween.end(), between) == kBetween.end())
            return false;
        last.value = (last.value + between.toString() + value.toString()).left(kMostOfAValue);
        text.truncate(end);
        return true;
    }

    // The key of a JSON object stays, and so do those of its values that say what went wrong.
    bool takeQuoted(qsizetype length)
    {
        const QStringView inner = QStringView(m_line).mid(m_at + 1, length - 2);
        const bool isKey = m_at + length < m_line.size() && m_line[m_at + length] == u':' &&
                           inner.size() <= 40 &&
                           std::all_of(inner.begin(), inner.end(), isWordCharacter);
        if (isKey) {
            m_key = inner.toString().toLower();
            keep(length);
            return true;
        }
        const QString key = std::exchange(m_key, QString());
        static const QStringList kTelling{u"message"_s, u"error"_s, u"msg"_s,
                                          u"detail"_s,  u"title"_s, u"reason"_s};
        static const QStringList kWords{u"type"_s, u"code"_s, u"status"_s, u"name"_s, u"kind"_s};
        if (kTelling.contains(key)) {
            m_innerEnd = m_at + length - 1;
            keep(1);
            return true;
        }
        const bool isWord = kWords.contains(key) && !inner.isEmpty() && inner.size() <= 40 &&
                            std::all_of(inner.begin(), inner.end(), [](QChar c) {
                                return c.isLetter() || c == u'_' || c == u'-';
                            });
        if (isWord)
            keep(length);
        else
            leaveOut(LeftOut::Text, length);
        return true;
    }

    qsizetype numberEnd(qsizetype from) const
    {
        qsizetype end = from;
        while (
            end < m_line.size() &&
            (m_line[end].isDigit() || ((m_line[end] == u'.' || m_line[end] == u',') && end > from &&
                                       end + 1 < m_line.size() && m_line[end + 1].isDigit())))
            ++end;
        return end;
    }

    void takeNumber(qsizetype sign)
    {
        const qsizetype end = numberEnd(m_at + sign);
        if (sign == 0 && isCode(end - m_at)) {
            const bool isVersion = QStringView(m_line).mid(m_at, end - m_at).contains(u'.');
            keep(end - m_at);
            if (isVersion) // "HTTP/1.1 504"
                m_wordEnd = m_at;
        } else {
            leaveOut(LeftOut::Number, end - m_at);
        }
    }

    // "HTTP 504", "status code: 503", "error 1062", "SQLSTATE[23505]"
    bool isCode(qsizetype length) const
    {
        if (length > 6 || m_wordEnd == 0 || m_at - m_wordEnd > 2)
            return false;
        const QStringView between = QStringView(m_line).mid(m_wordEnd, m_at - m_wordEnd);
        const bool isError = m_word.endsWith(u"error");
        const QStringView mayStand = isError ? QStringView(u" (#=[") : QStringView(u" (#=[:/-");
        if (!std::all_of(between.begin(), between.end(),
                         [&](QChar c) { return mayStand.contains(c); }))
            return false;
        static const QStringList kBefore{u"http"_s,   u"https"_s, u"status"_s,
                                         u"code"_s,   u"errno"_s, u"sqlstate"_s,
                                         u"signal"_s, u"exit"_s,  u"ora"_s};
        return isError || kBefore.contains(m_word);
    }

    // Up to a blank or punctuation; - and _ join.
    void takeWord()
    {
        qsizetype end = m_at;
        while (end < m_line.size() &&
               (isWordCharacter(m_line[end]) || (m_line[end] == u'-' && end + 1 < m_line.size() &&
                                                 isWordCharacter(m_line[end + 1]))))
            ++end;
        if (looksLikeJoinedId(QStringView(m_line).mid(m_at, end - m_at))) {
            leaveOut(LeftOut::Id, end - m_at);
            return;
        }
        while (m_at < end) {
            if (m_line[m_at] == u'-' || m_line[m_at] == u'_') {
                keep(1);
                continue;
            }
            qsizetype part = m_at;
            while (part < end && m_line[part] != u'-' && m_line[part] != u'_')
                ++part;
            takePart(part - m_at);
            end = std::max(end, m_at);
        }
    }

    void takePart(qsizetype length)
    {
        const QStringView part = QStringView(m_line).mid(m_at, length);
        const bool hasDigits =
            std::any_of(part.begin(), part.end(), [](QChar c) { return c.isDigit(); });
        if (!hasDigits) {
            m_word = part.toString().toLower();
            keep(length);
            m_wordEnd = m_at;
        } else if (isKnownWord(part) || (isCode(length) && length <= 6 && !part[0].isDigit()) ||
                   (isCode(length) && length == 5)) {
            keep(length); // "SQLSTATE 42P01", "code P2002", "sha256"
        } else if (part[0].isDigit() && looksLikeId(part)) {
            leaveOut(LeftOut::Id, length);
        } else if (part[0].isDigit()) {
            takeNumber(0);
        } else if (looksLikeId(part)) {
            leaveOut(LeftOut::Id, length);
        } else {
            const auto digit =
                std::find_if(part.begin(), part.end(), [](QChar c) { return c.isDigit(); });
            keep(digit - part.begin());
        }
    }

    static bool isKnownWord(QStringView word)
    {
        static const QStringList kKnown{
            u"sha1"_s,  u"sha256"_s, u"sha512"_s,  u"md5"_s,    u"base64"_s, u"utf8"_s,
            u"utf16"_s, u"ipv4"_s,   u"ipv6"_s,    u"oauth2"_s, u"http2"_s,  u"http3"_s,
            u"s3"_s,    u"ec2"_s,    u"int32"_s,   u"int64"_s,  u"x64"_s,    u"mp4"_s,
            u"h264"_s,  u"k8s"_s,    u"utf8mb4"_s, u"sqlite3"_s};
        return word.size() <= 8 && kKnown.contains(word.toString().toLower());
    }

    const QString& m_line;
    ErrorSignature m_signature;
    qsizetype m_at = 0;
    QString m_word;          // the last one without digits, in lower case
    qsizetype m_wordEnd = 0; // where it ended in the line
    QString m_key;           // of JSON, before its value
    qsizetype m_innerEnd = -1;
};
} // namespace

ErrorSignature scannedLine(const QString& line)
{
    return Scanner(line).read();
}

} // namespace queuedeck::domain
