// SPDX-License-Identifier: GPL-3.0-or-later
// Zip files for tests: with the files as they are, unpacked, and sizes that may be untrue.
#pragma once

#include <QByteArray>
#include <QVector>
#include <QtEndian>

#include <optional>
#include <zlib.h>

namespace queuedeck::test {

struct ZippedFile
{
    QByteArray name;
    QByteArray bytes;
    std::optional<quint32> claimedSize = {}; ///< instead of the true one
};

template <class Number>
QByteArray littleEndian(Number number)
{
    QByteArray bytes(sizeof(Number), '\0');
    qToLittleEndian(number, bytes.data());
    return bytes;
}

inline QByteArray zipped(const QVector<ZippedFile>& files)
{
    QByteArray zip;
    QByteArray directory;
    for (const ZippedFile& file : files) {
        const auto crc = quint32(crc32(0, reinterpret_cast<const Bytef*>(file.bytes.constData()),
                                       uInt(file.bytes.size())));
        const quint32 claimed = file.claimedSize.value_or(quint32(file.bytes.size()));
        const QByteArray common =
            littleEndian<quint16>(20) + littleEndian<quint16>(0) + littleEndian<quint16>(0) +
            littleEndian<quint32>(0x21) + littleEndian<quint32>(crc) +
            littleEndian<quint32>(quint32(file.bytes.size())) + littleEndian<quint32>(claimed) +
            littleEndian<quint16>(quint16(file.name.size())) + littleEndian<quint16>(0);
        directory += QByteArray("PK\1\2", 4) + littleEndian<quint16>(20) + common +
                     littleEndian<quint16>(0) + littleEndian<quint16>(0) +
                     littleEndian<quint16>(0) + littleEndian<quint32>(0) +
                     littleEndian<quint32>(quint32(zip.size())) + file.name;
        zip += QByteArray("PK\3\4", 4) + common + file.name + file.bytes;
    }
    const auto start = quint32(zip.size());
    return zip + directory + QByteArray("PK\5\6", 4) + littleEndian<quint32>(0) +
           littleEndian<quint16>(quint16(files.size())) +
           littleEndian<quint16>(quint16(files.size())) +
           littleEndian<quint32>(quint32(directory.size())) + littleEndian<quint32>(start) +
           littleEndian<quint16>(0);
}

} // namespace queuedeck::test
