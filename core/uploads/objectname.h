// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"

#include <QDateTime>

namespace queuedeck::uploads {

/// 32 hexadecimal digits that nobody can guess, and the ending of the media type: in a folder,
/// where the name alone protects the picture.
QString secretFileName(const QString& mediaType);

/// As the web application names its pictures, TENANT/SCANTYPE/EPOCHMS-NAME, where NAME is secret.
/// Letters, digits, ".", "_", "-" and "/" only.
QString objectName(const QString& tenant, domain::ScanType type, const QString& mediaType,
                   const QDateTime& now);

} // namespace queuedeck::uploads
