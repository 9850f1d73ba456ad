// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/session.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QTest>

/// A drawn card as PNG; other words make other bytes.
inline QByteArray drawnCard(const QString& words, QColor ground = QColor(0xFBF8F0))
{
    QImage image(640, 400, QImage::Format_RGB32);
    image.fill(ground);
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

/// Waits for a future while events go on.
template <class T>
T waitFor(const QFuture<T>& future)
{
    [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20'000); }();
    return future.result();
}

inline std::shared_ptr<queuedeck::service::Session> openSession(const QString& path)
{
    queuedeck::service::Session::Options options;
    options.address = QStringLiteral("sqlite:") + path;
    options.create = true;
    auto opened = waitFor(queuedeck::service::Session::open(options));
    if (!opened)
        qWarning("%s", qPrintable(opened.error().detail));
    return opened ? *opened : nullptr;
}
