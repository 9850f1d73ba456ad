// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vision/sentpicture.h"

#include "core/vision/visionclient.h"

#include <QBuffer>
#include <QImageWriter>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace queuedeck::vision {

namespace {
// 5 MB as base64.
constexpr qsizetype kMostBytes = 3'700'000;
} // namespace

QSize sentSize(const QSize& size)
{
    const QSize most(kLongestSentSide, kLongestSentSide);
    return size.width() <= most.width() && size.height() <= most.height()
               ? size
               : size.scaled(most, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
}

qint64 tokensFor(const QSize& size)
{
    return qint64(size.width()) * size.height() / 750 + 1;
}

base::Result<QByteArray> sentPicture(const QImage& image)
{
    if (image.isNull())
        return base::fail(base::ErrorKind::Invalid,
                          base::Sentence::tr("The picture has no pixels."));
    const QSize size = sentSize(image.size());
    const QImage scaled = size == image.size()
                              ? image
                              : image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    // A new image: texts, resolution and colour profile of the old one stay behind.
    QImage plain(size, QImage::Format_RGB32);
    if (plain.isNull() || scaled.isNull())
        return base::fail(base::ErrorKind::Internal,
                          base::Sentence::tr("There is not enough memory for the picture."));
    plain.fill(Qt::white);
    QPainter(&plain).drawImage(0, 0, scaled);
    for (const int quality : {88, 70, 45}) {
        QByteArray jpeg;
        QBuffer buffer(&jpeg);
        QImageWriter writer(&buffer, "jpeg");
        writer.setQuality(quality);
        if (writer.write(plain) && jpeg.size() <= kMostBytes)
            return jpeg;
    }
    return base::fail(base::ErrorKind::Internal,
                      base::Sentence::tr("The picture cannot be written as a JPEG."));
}

} // namespace queuedeck::vision
