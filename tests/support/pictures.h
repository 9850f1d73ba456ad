// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <QRandomGenerator>
#include <QtEndian>

/// Pictures that are hard on the programs that open them, generated where they are needed.
namespace pictures {

inline QByteArray encoded(const QImage& image, const char* format, int quality = -1)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, format, quality);
    return bytes;
}

/// Grey squares of `grain` pixels; with `isBinary`, black and white ones.
inline QImage noise(QSize size, int grain, bool isBinary)
{
    QRandomGenerator random(7);
    QImage small(size / grain, QImage::Format_Grayscale8);
    for (int y = 0; y < small.height(); ++y) {
        for (int x = 0; x < small.width(); ++x) {
            const int grey = random.bounded(256);
            small.scanLine(y)[x] = uchar(isBinary ? (grey > 127 ? 255 : 0) : grey);
        }
    }
    return small.scaled(size, Qt::IgnoreAspectRatio, Qt::FastTransformation);
}

/// White paper with `percent` of its pixels black.
inline QImage specks(QSize size, int percent)
{
    QRandomGenerator random(7);
    QImage image(size, QImage::Format_Grayscale8);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.scanLine(y)[x] = random.bounded(100) < percent ? 0 : 255;
    }
    return image;
}

/// A progressive JPEG that repeats one of its scans: few bytes, and each scan covers the whole
/// picture.
inline QByteArray manyScans(QSize size, int repeats)
{
    QImage white(size, QImage::Format_RGB32);
    white.fill(Qt::white);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "jpeg");
    writer.setProgressiveScanWrite(true);
    writer.write(white);
    const qsizetype last = bytes.lastIndexOf("\xFF\xDA");
    const qsizetype end = bytes.lastIndexOf("\xFF\xD9");
    const QByteArray scan = bytes.mid(last, end - last);
    return bytes.left(end) + scan.repeated(repeats) + bytes.mid(end);
}

/// A chunk of a PNG with its length and checksum.
inline QByteArray pngChunk(QByteArray typeAndData)
{
    QByteArray chunk(4, '\0');
    qToBigEndian(quint32(typeAndData.size() - 4), chunk.data());
    quint32 sum = 0xFFFFFFFFU;
    for (const char byte : typeAndData) {
        sum ^= uchar(byte);
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum >> 1) ^ (sum & 1 ? 0xEDB88320U : 0);
    }
    QByteArray end(4, '\0');
    qToBigEndian(~sum, end.data());
    return chunk + typeAndData + end;
}

/// The picture with that many frames, all of which a decoder without animation support ignores.
inline QByteArray animatedPng(QByteArray png, int frames)
{
    QByteArray parts = pngChunk("acTL" + QByteArray(3, '\0') + char(frames) + QByteArray(4, '\0'));
    for (int i = 0; i < frames; ++i)
        parts += pngChunk("fcTL" + QByteArray(26, '\0'));
    return png.insert(8 + 25, parts); // after IHDR
}

/// The plain WebP as each frame of an animation.
inline QByteArray animatedWebP(const QByteArray& webp, QSize size, int frames)
{
    const auto chunk = [](const QByteArray& type, const QByteArray& data) {
        QByteArray length(4, '\0');
        qToLittleEndian(quint32(data.size()), length.data());
        return type + length + data + QByteArray(data.size() & 1, '\0');
    };
    const auto place = [](int number) {
        QByteArray bytes(4, '\0');
        qToLittleEndian(quint32(number), bytes.data());
        return bytes.left(3);
    };
    const QByteArray measures = place(size.width() - 1) + place(size.height() - 1);
    QByteArray whole = "WEBP" + chunk("VP8X", QByteArray("\x02\0\0\0", 4) + measures) +
                       chunk("ANIM", QByteArray(6, '\0'));
    for (int i = 0; i < frames; ++i)
        whole += chunk("ANMF", QByteArray(6, '\0') + measures + place(100) + QByteArray(1, '\0') +
                                   webp.mid(12));
    return chunk("RIFF", whole);
}

/// Changes a byte of the pixels without updating the checksum.
inline QByteArray damagedPng(QByteArray png)
{
    const qsizetype data = png.indexOf("IDAT");
    png[data + 40] = char(png[data + 40] ^ 1);
    return png;
}

} // namespace pictures
