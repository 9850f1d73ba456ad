// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <QRandomGenerator>

/// Pictures that are hard on whoever opens them, made where they are needed.
namespace pictures {

inline QByteArray encoded(const QImage& image, const char* format, int quality = -1)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, format, quality);
    return bytes;
}

/// Grey squares of `grain` pixels; with `isBinary` black and white ones.
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

/// A progressive JPEG that repeats one of its scans: few bytes, and each scan goes over the whole
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

} // namespace pictures
