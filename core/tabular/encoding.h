// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>

class QIODevice;

namespace queuedeck::tabular {

/// How the bytes of a text file stand for characters.
enum class Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
};

/// "UTF-8", "UTF-16 LE", "Windows-1252".
QString encodingName(Encoding encoding);

struct DetectedEncoding
{
    Encoding encoding = Encoding::Utf8;
    int markBytes = 0; ///< of the byte order mark at the beginning
    QString why;       ///< what it was recognised by, as a sentence
};

/// Reads the whole device, from its beginning, to see which encoding its bytes fit. Without a mark,
/// that is UTF-8 if every byte fits, UTF-16 if every other byte is zero, else Windows-1252, which
/// Excel writes. The device is left at its beginning.
base::Result<DetectedEncoding> detectEncoding(QIODevice& device);

/// How many bytes of a byte order mark for this encoding the text begins with.
int markBytes(QByteArrayView beginning, Encoding encoding);

} // namespace queuedeck::tabular
