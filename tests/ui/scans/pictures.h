// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBuffer>
#include <QImage>
#include <QPainter>

/// A drawn card as PNG; different words make different bytes.
inline QByteArray drawnCard(const QString& words, QColor background = QColor(0xFBF8F0))
{
    QImage image(640, 400, QImage::Format_RGB32);
    image.fill(background);
    QPainter painter(&image);
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(36);
    painter.setFont(font);
    painter.setPen(QColor(0x23, 0x41, 0x38));
    painter.fillRect(0, 0, 18, 400, QColor(0x23, 0x41, 0x38));
    painter.drawText(QRect(60, 40, 560, 320), Qt::AlignLeft | Qt::AlignVCenter, words);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}
