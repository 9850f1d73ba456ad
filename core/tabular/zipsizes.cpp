// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/zipsizes.h"

#include "core/base/sentence.h"

#include <QIODevice>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace queuedeck::tabular {

namespace {
constexpr qsizetype kEndBytes = 22;
constexpr qsizetype kEntryBytes = 46;
constexpr qint64 kLongestTail = kEndBytes + 65'535; // with the longest comment
constexpr quint32 kLargest = 0xFFFFFFFF;            // then the true size stands elsewhere (zip64)

template <class Number>
Number at(const QByteArray& bytes, qsizetype offset)
{
    return qFromLittleEndian<Number>(bytes.constData() + offset);
}

base::Error damaged()
{
    return base::fail(
        base::ErrorKind::Invalid,
        base::Sentence::tr(
            "The workbook is damaged: its list of contents cannot be read. It may have "
            "been cut off; copy it again."));
}
} // namespace

base::Result<ZipSizes> zipSizes(QIODevice& file)
{
    const qint64 from = std::max<qint64>(0, file.size() - kLongestTail);
    if (!file.seek(from))
        return damaged();
    const QByteArray tail = file.readAll();
    const qsizetype end = tail.lastIndexOf(QByteArray("PK\5\6", 4));
    if (end < 0 || end + kEndBytes > tail.size())
        return damaged();
    const auto count = at<quint16>(tail, end + 10);
    const auto bytes = at<quint32>(tail, end + 12);
    const auto start = at<quint32>(tail, end + 16);
    if (qint64(start) + bytes > from + end || !file.seek(start))
        return damaged();
    const QByteArray directory = file.read(bytes);
    if (directory.size() != qsizetype(bytes))
        return damaged();
    ZipSizes sizes;
    qsizetype entry = 0;
    for (int i = 0; i < count; ++i) {
        if (entry + kEntryBytes > directory.size() || at<quint32>(directory, entry) != 0x02014B50)
            return damaged();
        const auto unpacked = at<quint32>(directory, entry + 24);
        if (unpacked == kLargest)
            return damaged();
        sizes.unpacked += unpacked;
        const auto name = at<quint16>(directory, entry + 28);
        if (entry + kEntryBytes + name > directory.size())
            return damaged();
        sizes.names += QString::fromUtf8(directory.mid(entry + kEntryBytes, name));
        entry += kEntryBytes + name + at<quint16>(directory, entry + 30) +
                 at<quint16>(directory, entry + 32);
    }
    return sizes;
}

} // namespace queuedeck::tabular
