// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/scan.h"

#include <QByteArray>
#include <QImage>
#include <QJsonObject>
#include <QSize>

#include <optional>

namespace queuedeck::handlers {

/// A request to the picture reader. On the wire: four 32-bit numbers (work, width, height, length
/// of the picture), then the picture. Both ends are of one build, so in the machine's byte order.
struct ReaderRequest
{
    enum class Work : quint32 { ReadCard, ReadLicense, Show };

    Work work = Work::Show;
    QSize within; ///< Show: scaled down to fit; empty for the original size
    QByteArray picture;

    static Work reading(domain::ScanType type);
};

/// A reply of the picture reader: an error, the fields, or the pixels. On the wire: two 32-bit
/// numbers (kind, length of the rest), then JSON, or width, height and rows of 32-bit ARGB.
struct ReaderReply
{
    enum class Kind : quint32 { Failed, Fields, Pixels };

    Kind kind = Kind::Failed;
    QByteArray body;

    static ReaderReply of(const base::Error& error);
    static ReaderReply of(const QJsonObject& fields);
    static ReaderReply of(QImage image);

    /// The reverse. The reader may have been taken over by a picture, so everything is checked;
    /// Internal for what no reader of ours writes.
    base::Result<QJsonObject> toFields() const;
    base::Result<QImage> toImage() const;
};

constexpr qsizetype kRequestHeader = 16;
constexpr qsizetype kReplyHeader = 8;
constexpr quint32 kLargestPicture = 20 * 1024 * 1024;
/// 25 megapixels of 4 bytes, and their width and height.
constexpr quint32 kLargestReply = 100'000'008;

QByteArray toWire(const ReaderRequest& request);
/// Without the body, which may be large.
QByteArray headerOf(const ReaderReply& reply);
/// The request without its picture, and the picture's length; nothing if no client of ours wrote
/// it.
std::optional<std::pair<ReaderRequest, quint32>> requestFrom(const QByteArray& header);
/// The reply without its body, and the body's length.
std::optional<std::pair<ReaderReply, quint32>> replyFrom(const QByteArray& header);

} // namespace queuedeck::handlers
