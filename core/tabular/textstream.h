// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tabular/encoding.h"

#include <QIODevice>
#include <QStringDecoder>

#include <memory>

namespace queuedeck::tabular {

/// Decodes a file piece by piece, so that its size does not matter, and refuses what is no text. On
/// any one thread.
class TextStream
{
public:
    /// The device is open, and read from after the byte order mark, if it has one.
    TextStream(std::unique_ptr<QIODevice> device, Encoding encoding);

    /// The next piece; empty at the end. Invalid: "This is not text: byte 0x00 in line 3."
    base::Result<QString> next();

private:
    base::Result<QString> decode(const QByteArray& bytes);
    base::Result<QString> atEnd();
    QString fromWindows(const QByteArray& bytes) const;
    base::Status check(const QString& text);
    base::Error notText(uint code, qint64 line) const;

    std::unique_ptr<QIODevice> m_device;
    const Encoding m_encoding;
    QStringDecoder m_decoder;
    qint64 m_line = 1;
    bool m_afterReturn = false;
    bool m_ended = false;
};

} // namespace queuedeck::tabular
