// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/encoding.h"

#include <QIODevice>
#include <QStringDecoder>

#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::tabular {

namespace {
constexpr qint64 kChunk = 64 * 1024;

struct Mark
{
    Encoding encoding;
    QByteArray bytes;
};

const std::array<Mark, 3>& marks()
{
    static const std::array<Mark, 3> kMarks{Mark{Encoding::Utf8, "\xEF\xBB\xBF"_ba},
                                            Mark{Encoding::Utf16Le, "\xFF\xFE"_ba},
                                            Mark{Encoding::Utf16Be, "\xFE\xFF"_ba}};
    return kMarks;
}

// Text of Western letters in UTF-16 has a zero in nearly every other byte.
std::optional<Encoding> utf16By(QByteArrayView beginning)
{
    std::array<qsizetype, 2> zeros{};
    for (qsizetype i = 0; i < beginning.size(); ++i) {
        if (beginning[i] == 0)
            ++zeros[size_t(i % 2)];
    }
    const qsizetype pairs = beginning.size() / 2;
    const auto isMost = [pairs](qsizetype many, qsizetype few) {
        return pairs >= 2 && many * 10 >= pairs * 7 && few * 10 <= pairs;
    };
    if (isMost(zeros[1], zeros[0]))
        return Encoding::Utf16Le;
    if (isMost(zeros[0], zeros[1]))
        return Encoding::Utf16Be;
    return {};
}

// The line of the first byte that is not UTF-8; 0 if there is none. A character cut off by the end
// of the file does not count: the reader says so.
base::Result<qint64> firstLineNotUtf8(QIODevice& device)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    qint64 line = 1;
    while (!device.atEnd()) {
        const QByteArray bytes = device.read(kChunk);
        if (bytes.isEmpty())
            return base::fail(base::ErrorKind::Unreachable,
                              base::Sentence::tr("The file could not be read to its end: %1.")
                                  .arg(device.errorString()));
        const QString text = decoder.decode(bytes);
        if (!decoder.hasError()) {
            line += bytes.count('\n');
            continue;
        }
        const qsizetype wrong = text.indexOf(QChar::ReplacementCharacter);
        return line + text.left(wrong).count(u'\n');
    }
    return 0;
}
} // namespace

QString encodingName(Encoding encoding)
{
    switch (encoding) {
    case Encoding::Utf8: return u"UTF-8"_s;
    case Encoding::Utf16Le: return u"UTF-16 LE"_s;
    case Encoding::Utf16Be: return u"UTF-16 BE"_s;
    case Encoding::Windows1252: return u"Windows-1252"_s;
    }
    return {};
}

int markBytes(QByteArrayView beginning, Encoding encoding)
{
    for (const Mark& mark : marks()) {
        if (mark.encoding == encoding && beginning.startsWith(mark.bytes))
            return int(mark.bytes.size());
    }
    return 0;
}

base::Result<DetectedEncoding> detectEncoding(QIODevice& device)
{
    const QByteArray beginning = device.peek(kChunk);
    for (const Mark& mark : marks()) {
        if (beginning.startsWith(mark.bytes))
            return DetectedEncoding{
                mark.encoding, int(mark.bytes.size()),
                base::Sentence::tr("A byte order mark says %1.").arg(encodingName(mark.encoding))};
    }
    if (const auto wide = utf16By(beginning))
        return DetectedEncoding{
            *wide, 0,
            base::Sentence::tr("Every other byte is zero, as in %1.").arg(encodingName(*wide))};
    const auto wrong = firstLineNotUtf8(device);
    if (!device.seek(0))
        return base::fail(base::ErrorKind::Unsupported,
                          base::Sentence::tr("The file cannot be read twice."));
    if (!wrong)
        return wrong.error();
    if (*wrong == 0)
        return DetectedEncoding{Encoding::Utf8, 0, base::Sentence::tr("Every byte fits UTF-8.")};
    return DetectedEncoding{
        Encoding::Windows1252, 0,
        base::Sentence::tr("Line %1 does not fit UTF-8, so it was read as Windows-1252.")
            .arg(*wrong)};
}

} // namespace queuedeck::tabular
