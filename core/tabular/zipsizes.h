// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QStringList>

class QIODevice;

namespace queuedeck::tabular {

/// What a zip file says about its contents.
struct ZipSizes
{
    QStringList names;
    qint64 unpacked = 0; ///< bytes of all files in it
};

/// Reads the directory at the end of a zip file, without unpacking anything. Invalid: it is none,
/// or damaged.
base::Result<ZipSizes> zipSizes(QIODevice& file);

} // namespace queuedeck::tabular
