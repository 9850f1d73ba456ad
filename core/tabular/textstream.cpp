// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/textstream.h"

#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::tabular {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr qint64 kChunk = 64 * 1024;
constexpr uint kUndefined = 0xFFFF;

// What Windows-1252 has where Latin 1 has control characters, from 0x80 on.
constexpr std::array<char16_t, 32> kWindows{
    0x20AC, 0xFFFF, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFF, 0x017D, 0xFFFF, 0xFFFF, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFF, 0x017E, 0x0178};

QStringDecoder decoderFor(Encoding encoding)
{
    // The mark is skipped by the stream, so that none in the text is lost.
    constexpr auto kFlags = QStringDecoder::Flag::ConvertInitialBom;
    switch (encoding) {
    case Encoding::Utf16Le: return QStringDecoder(QStringDecoder::Utf16LE, kFlags);
    case Encoding::Utf16Be: return QStringDecoder(QStringDecoder::Utf16BE, kFlags);
    default: return QStringDecoder(QStringDecoder::Utf8, kFlags);
    }
}

bool isControl(QChar c)
{
    return c < u' ' && c != u'\t' && c != u'\n' && c != u'\r';
}
} // namespace

TextStream::TextStream(std::unique_ptr<QIODevice> device, Encoding encoding)
    : m_device(std::move(device))
    , m_encoding(encoding)
    , m_decoder(decoderFor(encoding))
{
    m_device->skip(markBytes(m_device->peek(3), encoding));
}

base::Result<QString> TextStream::next()
{
    while (!m_ended) {
        const QByteArray bytes = m_device->read(kChunk);
        if (bytes.isEmpty() && !m_device->atEnd())
            return fail(ErrorKind::Unreachable,
                        Sentence::tr("The file could not be read to its end: %1.")
                            .arg(m_device->errorString()));
        auto text = bytes.isEmpty() ? atEnd() : decode(bytes);
        if (!text)
            return text;
        if (const base::Status checked = check(*text); !checked)
            return checked.error();
        if (!text->isEmpty())
            return text;
    }
    return QString();
}

base::Result<QString> TextStream::decode(const QByteArray& bytes)
{
    if (m_encoding == Encoding::Windows1252)
        return fromWindows(bytes);
    QString text = m_decoder.decode(bytes);
    if (!m_decoder.hasError())
        return text;
    text.truncate(std::max<qsizetype>(0, text.indexOf(QChar::ReplacementCharacter)));
    if (const base::Status checked = check(text); !checked)
        return checked.error();
    return fail(ErrorKind::Invalid,
                Sentence::tr("Line %1 is not %2. Choose another encoding, or save the file anew.")
                    .arg(m_line)
                    .arg(encodingName(m_encoding)));
}

// A character that has begun is completed by nothing, which only its decoder knows.
base::Result<QString> TextStream::atEnd()
{
    m_ended = true;
    if (m_encoding == Encoding::Windows1252)
        return QString();
    const QByteArray end = m_encoding == Encoding::Utf8      ? "\n"_ba
                           : m_encoding == Encoding::Utf16Le ? QByteArray("\n\0", 2)
                                                             : QByteArray("\0\n", 2);
    const QString last = m_decoder.decode(end);
    if (m_decoder.hasError() || last != "\n"_L1)
        return fail(
            ErrorKind::Invalid,
            Sentence::tr(
                "The file ends in the middle of a character, in line %1. It may have been cut "
                "off; copy it again.")
                .arg(m_line));
    return QString();
}

QString TextStream::fromWindows(const QByteArray& bytes) const
{
    QString text = QString::fromLatin1(bytes);
    for (QChar& c : text) {
        if (c >= u'\x80' && c < u'\xA0')
            c = QChar(kWindows[c.unicode() - 0x80]);
    }
    return text;
}

base::Status TextStream::check(const QString& text)
{
    for (const QChar c : text) {
        if (c == u'\n' && m_afterReturn) {
            m_afterReturn = false;
            continue;
        }
        m_afterReturn = c == u'\r';
        if (c == u'\n' || c == u'\r') {
            ++m_line;
        } else if (isControl(c)) {
            return notText(c.unicode(), m_line);
        } else if (m_encoding == Encoding::Windows1252 && c.unicode() == kUndefined) {
            return fail(
                ErrorKind::Invalid,
                Sentence::tr("Line %1 has a byte that Windows-1252 does not know. Choose another "
                             "encoding, or save the file anew as UTF-8.")
                    .arg(m_line));
        }
    }
    return {};
}

base::Error TextStream::notText(uint code, qint64 line) const
{
    return fail(ErrorKind::Invalid, base::Sentence::tr("This is not text: byte 0x%1 in line %2.")
                                        .arg(u"%1"_s.arg(code, 2, 16, QChar(u'0')), line));
}

} // namespace queuedeck::tabular
